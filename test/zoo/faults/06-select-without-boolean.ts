// A mask that the prover gives is used as bits, and never checked to be bits.
import { add, subtract } from '../../../compiler/constraints/expression.ts';
import { circuit, bit, q } from '../../../dsl/index.ts';
import { lowerWith } from '../lower-with.ts';
import type { Specimen } from '../specimen.ts';

const build = () => {
  const program = circuit('masked', {}, (c) => {
    const weights = c.secret('weights', q(12, 8), [2]);
    c.public('mask', bit, [2]).select(0, weights).expose('masked');
  }).build();
  return lowerWith(program, 'select', ([mask, zero, weights], _, constraints) =>
    weights!.map((weight, element) => {
      constraints.element(element);
      // The prover's own copy of the mask bit, for which the author forgot both the check and the link.
      const [own] = constraints.advice(1, (read) => [read(mask![element]!)]);
      return add(constraints.product(own!, subtract(zero![0]!, weight)), weight);
    }),
  );
};

export default {
  row: 6,
  fault: 'mask bit from the prover, neither boolean nor linked',
  attack: 'mixes a weight with 0 as he likes',
  net: 'determinism',
  op: 'select',
  build,
} satisfies Specimen;
