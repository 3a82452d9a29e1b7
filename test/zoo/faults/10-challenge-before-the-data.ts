// A permutation argument, Π (a_i − z) = Π (b_i − z), whose challenge z hashes a alone: the prover chooses b after it.
import { linear, subtract, type Expression } from '../../../compiler/constraints/expression.ts';
import { circuit, defineHint, u } from '../../../dsl/index.ts';
import { lowerWith } from '../lower-with.ts';
import type { Specimen } from '../specimen.ts';

const sorted = defineHint('zoo-sorted', ([x]) => x!.slice().sort());

const build = () => {
  const program = circuit('sorted', {}, (c) => {
    const a = c.secret('a', u(12, 0), [3]);
    const b = c.advice(sorted, [a], u(12, 0), [3]);
    a.sub(b).assertZero();
    b.expose('sorted');
  }).build();
  return lowerWith(program, 'sub', ([a, b], _, constraints) => {
    const challenge = constraints.hash(a!);
    const product = (values: readonly Expression[]): Expression =>
      values.map((value) => subtract(value, challenge)).reduce((x, y) => constraints.product(x, y));
    return [subtract(product(a!), product(b!)), linear([]), linear([])];
  });
};

export default {
  row: 10,
  fault: 'challenge that does not absorb all committed data',
  attack: 'solves for a permutation after he knows the challenge',
  net: 'determinism',
  op: 'advice',
  build,
} satisfies Specimen;
