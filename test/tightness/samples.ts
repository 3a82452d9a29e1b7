// Inputs that look for the largest error: reals at the ends of their formats or anywhere, their rounding at random or
// all to one side.
import type { BoundInputs } from '../../compiler/inputs/bind.ts';
import { formatInterval, fractionOf, isOpaque } from '../../compiler/ir/format.ts';
import { inputsOf, type TypedPort } from '../../compiler/program/ports.ts';
import type { Program } from '../../compiler/ir/program.ts';
import { sizeOf } from '../../compiler/ir/shape.ts';
import type { Random } from '../../examples/unlearn-digits/random.ts';

/** How one run draws its reals. */
export interface Style {
  /** At the ends of the range, or anywhere in it. */
  readonly extreme: boolean;
  /** Rounding errors away from zero by half a unit, or uniform. */
  readonly aligned: boolean;
}

export const styles: readonly Style[] = [true, false].flatMap((extreme) =>
  [true, false].map((aligned) => ({ extreme, aligned })),
);

/** Just under half a unit: the integer is still the nearest. */
const half = 0.499999;

/** The real that lies `share` units (−½ to ½) from an integer. */
export const offReal = (integer: bigint, share: number, fraction: number): number =>
  (Number(integer) + share) / 2 ** fraction;

export function sampleInputs(program: Program, random: Random, style: Style): BoundInputs {
  const fixed = new Map<string, bigint[]>();
  const real = new Map<string, Float64Array>();
  for (const port of inputsOf(program)) {
    const elements = Array.from({ length: sizeOf(port.type.shape) }, () =>
      sampleElement(port, random, style),
    );
    fixed.set(
      port.name,
      elements.map(({ integer }) => integer),
    );
    real.set(
      port.name,
      Float64Array.from(elements, (element) => element.real),
    );
  }
  return { fixed, real };
}

function sampleElement({ type: { format }, exact }: TypedPort, random: Random, style: Style) {
  const { low, high } = formatInterval(format);
  const span = Number(high - low);
  if (isOpaque(format)) return { integer: BigInt(random.integer(2 ** 31)), real: NaN };
  const integer = style.extreme
    ? random.integer(2) === 0
      ? low + 1n
      : high - 1n
    : low + BigInt(Math.floor(random.uniform() * span));
  if (format.kind === 'bit') {
    const set = random.integer(2);
    return { integer: BigInt(set), real: set };
  }
  const sign = integer < 0n ? -1 : 1;
  const share = style.aligned ? sign * half : (2 * random.uniform() - 1) * half;
  return { integer, real: offReal(integer, exact ? 0 : share, fractionOf(format)) };
}
