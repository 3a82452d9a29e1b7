// hash: Poseidon over the last axis. The length is static, so the sponge's zero padding is unambiguous within
// one circuit; whoever compares digests of different lengths puts the length into the input.
import { renderType } from '../ir/program.ts';
import { fail } from '../diagnostics/diagnostic.ts';
import { digest } from '../ir/format.ts';
import { checkAxis } from '../ir/shape.ts';
import { hash as poseidon } from '../numbers/poseidon.ts';
import { countArguments, declaredRange, noError } from './shared/arguments.ts';
import { defineOp, type Call } from './op.ts';

/** The rows along the last axis. */
function rows<T>(elements: readonly T[], { arguments: [x] }: Call): T[][] {
  const length = x!.shape.at(-1)!;
  return Array.from({ length: elements.length / length }, (_, row) =>
    elements.slice(row * length, (row + 1) * length),
  );
}

export const hash = defineOp({
  name: 'hash',
  carries: true,

  type(args) {
    countArguments('hash', args, 1);
    const { shape, format } = args[0]!;
    checkAxis(shape, -1);
    if (format.kind !== 'field' && format.kind !== 'digest')
      fail(
        'format-mismatch',
        `hash expects field elements, got ${renderType(args[0]!)}`,
        'pack the numbers first',
      );
    return { shape: shape.slice(0, -1), format: digest };
  },

  real: (_, { result }) =>
    new Float64Array(result.shape.reduce((n, length) => n * length, 1)).fill(NaN),
  fixed: ([x], call) => rows(x!, call).map(poseidon),
  range: (_, { result }) => declaredRange(result),
  error: (_, { result }) => noError(result),
  lower: ([x], call, constraints) =>
    rows(x!, call).map((row, element) => {
      constraints.element(element);
      return constraints.hash(row);
    }),
});
