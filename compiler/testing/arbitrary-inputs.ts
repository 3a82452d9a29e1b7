// Inputs of a program, for property tests: reals in the range of each format, with ends, zero and signs often. Reals of exact
// inputs are numbers of the format.
import fc from 'fast-check';
import { formatInterval, fractionOf, isOpaque } from '../ir/format.ts';
import { inputsOf, type TypedPort } from '../program/ports.ts';
import type { Program } from '../ir/program.ts';
import { sizeOf } from '../ir/shape.ts';
import { modulus } from '../numbers/field.ts';
import { toReal } from '../numbers/rounding.ts';
import type { BoundInputs } from '../inputs/bind.ts';
import { toInteger } from '../numbers/rounding.ts';

/** Reals with their integers for every input of the program. */
export function arbitraryInputs(program: Program): fc.Arbitrary<BoundInputs> {
  const ports = inputsOf(program);
  return fc
    .tuple(
      ...ports.map((port) => {
        const length = sizeOf(port.type.shape);
        const element = arbitraryElement(port);
        return fc.array(element, { minLength: length, maxLength: length });
      }),
    )
    .map((tensors) => ({
      fixed: new Map(tensors.map((t, i) => [ports[i]!.name, t.map(({ integer }) => integer)])),
      real: new Map(
        tensors.map((t, i) => [ports[i]!.name, Float64Array.from(t, ({ real }) => real)]),
      ),
    }));
}

interface Element {
  readonly integer: bigint;
  readonly real: number;
}

function arbitraryElement({ type: { format }, exact: isExact }: TypedPort): fc.Arbitrary<Element> {
  const { low, high } = formatInterval(format);
  const fraction = fractionOf(format);
  if (isOpaque(format))
    return fc.bigInt({ min: 0n, max: modulus - 1n }).map((integer) => ({ integer, real: NaN }));
  const exact = (integer: bigint): Element => ({ integer, real: toReal(integer, fraction) });
  const clamp = (x: bigint): bigint => (x < low ? low : x > high ? high : x);
  // Failures shrink towards the first.
  const ends = [0n, 1n, -1n, low, high, low + 1n, high - 1n].map(clamp);
  const integers = fc.oneof(
    { withCrossShrink: true },
    fc.constantFrom(...ends),
    fc.bigInt({ min: low, max: high }),
  );
  // Between two integers of the format: what rounding is for. The ends stay exact, to stay in range.
  const between = fc
    .tuple(integers, fc.integer({ min: -499, max: 499 }))
    .map(([integer, thousandths]): Element => {
      const real = (Number(integer) + thousandths / 1000) / 2 ** fraction;
      const rounded = toInteger(real, fraction);
      return rounded < low || rounded > high ? exact(integer) : { integer: rounded, real };
    });
  if (isExact) return integers.map((integer) => exact(inFloat64(integer)));
  return format.kind === 'bit'
    ? integers.map(exact)
    : fc.oneof({ withCrossShrink: true }, integers.map(exact), between);
}

/** The 53 highest bits of an integer, which float64 holds. */
function inFloat64(x: bigint): bigint {
  const size = x < 0n ? -x : x;
  const shift = BigInt(Math.max(0, size.toString(2).length - 53));
  const kept = (size >> shift) << shift;
  return x < 0n ? -kept : kept;
}
