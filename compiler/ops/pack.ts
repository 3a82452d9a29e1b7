// pack: the last axis in lanes of field elements, Σ (x_i − low) · 2^(bits · i), as many as fit 254 bits. Injective
// for values of the format. Not hiding: hash the lanes with a salt.
import { formatInterval, field } from '../ir/format.ts';
import { fail } from '../diagnostics/diagnostic.ts';
import { renderType, type TensorType } from '../ir/program.ts';
import { contains, renderInterval } from '../numbers/interval.ts';
import { linear, offset } from '../constraints/expression.ts';
import { countArguments, declaredRange, noError, numericArgument } from './shared/arguments.ts';
import { defineOp, type Call } from './op.ts';
import { checkAxis } from '../ir/shape.ts';

/** Lanes for each field element. */
const lanesPerField = (bits: number): number => Math.floor(254 / bits);

/** Positions of the argument that share a field element. */
function groups({ arguments: [x] }: Call): number[][] {
  const length = x!.shape.at(-1)!;
  const lanes = lanesPerField(bitsOf(x!));
  const rows = x!.shape.slice(0, -1).reduce((n, axis) => n * axis, 1);
  return Array.from({ length: rows }, (_, row) =>
    Array.from({ length: Math.ceil(length / lanes) }, (_, group) =>
      Array.from(
        { length: Math.min(lanes, length - group * lanes) },
        (_, lane) => row * length + group * lanes + lane,
      ),
    ),
  ).flat();
}

const bitsOf = (x: TensorType): number => numericArgument('pack', x).bits;
const lowOf = (x: TensorType): bigint => formatInterval(x.format).low;

export const pack = defineOp({
  name: 'pack',

  type(args) {
    countArguments('pack', args, 1);
    const { shape } = args[0]!;
    const length = shape[checkAxis(shape, -1)]!;
    const fields = Math.ceil(length / lanesPerField(bitsOf(args[0]!)));
    return { shape: [...shape.slice(0, -1), fields], format: field };
  },

  real: (_, call) => new Float64Array(groups(call).length).fill(NaN),
  fixed([x], call) {
    const [type] = call.arguments;
    const [bits, low] = [BigInt(bitsOf(type!)), lowOf(type!)];
    return groups(call).map((group) =>
      group.reduce((sum, at, lane) => sum + ((x![at]! - low) << (bits * BigInt(lane))), 0n),
    );
  },
  // Lanes are as wide as the format: a value past its end would spill into the next.
  range([x], { arguments: [type], result }) {
    const lane = formatInterval(type!.format);
    const wide = x!.find((element) => !contains(lane, element));
    if (wide)
      fail(
        'lane-overflow',
        `pack: a value of ${renderType(type!)} can reach ${renderInterval(wide)}, past its lane`,
        'rescale it to its format first',
      );
    return declaredRange(result);
  },
  error: (_, { result }) => noError(result),

  lower([x], call) {
    const [type] = call.arguments;
    const [bits, low] = [BigInt(bitsOf(type!)), lowOf(type!)];
    return groups(call).map((group) =>
      linear(
        group.map((at) => offset(x![at]!, -low)),
        group.map((_, lane) => 1n << (bits * BigInt(lane))),
      ),
    );
  },

  commitment: { carries: true },
});
