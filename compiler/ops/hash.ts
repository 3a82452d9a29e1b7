// hash: Poseidon over the last axis. The length is static, so the sponge's zero padding is unambiguous within
// one circuit; whoever compares digests of different lengths puts the length into the input.
import { digest } from '../ir/format.ts';
import { checkAxis } from '../ir/shape.ts';
import { hash as poseidon } from '../numbers/poseidon.ts';
import { countArguments, declaredRange, noError } from './shared/arguments.ts';
import { checkHashable, rowsOf } from './shared/hashing.ts';
import { defineOp } from './op.ts';

export const hash = defineOp({
  name: 'hash',
  carries: true,

  type(args) {
    countArguments('hash', args, 1);
    const { shape } = args[0]!;
    checkAxis(shape, -1);
    checkHashable('hash', args[0]!);
    return { shape: shape.slice(0, -1), format: digest };
  },

  real: (_, { result }) =>
    new Float64Array(result.shape.reduce((n, length) => n * length, 1)).fill(NaN),
  fixed: ([x], call) => rowsOf(x!, call).map(poseidon),
  range: (_, { result }) => declaredRange(result),
  error: (_, { result }) => noError(result),
  lower: ([x], call, constraints) =>
    rowsOf(x!, call).map((row, element) => {
      constraints.element(element);
      return constraints.hash(row);
    }),
});
