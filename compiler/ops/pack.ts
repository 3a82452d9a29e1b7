// pack: the last axis in lanes of field elements, Σ (x_i − low) · 2^(bits · i), as many as fit 254 bits. Injective
// for values of the format. Not hiding: hash the lanes with a salt. A domain stands above the lanes of the first element of each
// row, so that digests of it differ from those of other kinds.
import { formatInterval, field } from '../ir/format.ts';
import { fail } from '../diagnostics/diagnostic.ts';
import { renderType, type TensorType } from '../ir/program.ts';
import { contains, renderInterval } from '../numbers/interval.ts';
import { linear, offset } from '../constraints/expression.ts';
import { countArguments, declaredRange, noError, numericArgument } from './shared/arguments.ts';
import { defineOp, type Call } from './op.ts';
import { checkAxis } from '../ir/shape.ts';
import { elementsOf, formGates, sumForm } from './shared/work.ts';

type Attributes = {
  /** A constant above the lanes of each row's first element. */
  readonly domain?: number;
};

/** Bits that every field element has. */
const fieldBits = 254;

/** Lanes for each field element. */
const lanesPerField = (bits: number): number => Math.floor(fieldBits / bits);

/** The domain in its place; 0 in elements that are not the first of a row. */
function domainOf(
  { attributes: { domain = 0 }, arguments: [x], result }: Call<Attributes>,
  at: number,
): bigint {
  if (at % result.shape.at(-1)! !== 0) return 0n;
  const bits = bitsOf(x!);
  return BigInt(domain) << BigInt(bits * lanesPerField(bits));
}

/** Positions of the argument that share a field element. */
function groups({ arguments: [x] }: Call<Attributes>): number[][] {
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

export const pack = defineOp<Attributes>({
  name: 'pack',
  attributes: { domain: 'number?' },

  type(args, { domain }) {
    countArguments('pack', args, 1);
    const { shape } = args[0]!;
    const length = shape[checkAxis(shape, -1)]!;
    const bits = bitsOf(args[0]!);
    const lanes = lanesPerField(bits);
    const room = Math.min(53, fieldBits - lanes * bits);
    if (
      domain !== undefined &&
      !(Number.isSafeInteger(domain) && domain >= 1 && domain < 2 ** room)
    )
      fail(
        'bad-domain',
        `pack with domain ${domain}: ${room} bits are left above ${lanes} lanes of ${bits}`,
        room === 0 ? 'leave it out' : `a whole number from 1 to ${2 ** room - 1}, or leave it out`,
      );
    const fields = Math.ceil(length / lanes);
    return { shape: [...shape.slice(0, -1), fields], format: field };
  },

  real: (_, call) => new Float64Array(groups(call).length).fill(NaN),
  fixed([x], call) {
    const [type] = call.arguments;
    const [bits, low] = [BigInt(bitsOf(type!)), lowOf(type!)];
    return groups(call).map((group, at) =>
      group.reduce(
        (sum, own, lane) => sum + ((x![own]! - low) << (bits * BigInt(lane))),
        domainOf(call, at),
      ),
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
    return groups(call).map((group, at) =>
      offset(
        linear(
          group.map((own) => offset(x![own]!, -low)),
          group.map((_, lane) => 1n << (bits * BigInt(lane))),
        ),
        domainOf(call, at),
      ),
    );
  },

  commitment: { carries: true },

  work: {
    gates: ({ arguments: [x] }, forms) => formGates(elementsOf(x!), forms),
    form: ({ arguments: [x] }, forms) => sumForm(forms, lanesPerField(bitsOf(x!))),
  },
});
