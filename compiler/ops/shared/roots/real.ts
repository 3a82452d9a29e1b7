// The roots of float64 equations, by bisection of the box.
import { fractionOf } from '../../../ir/format.ts';
import { toReal } from '../../../numbers/rounding.ts';
import { zip } from '../elementwise.ts';
import type { Call } from '../../op.ts';
import type { Equation } from './equation.ts';

/** The root in the box, element by element; the nearer end of the box where the equation keeps its sign. */
export function realRoots(args: readonly Float64Array[], call: Call<Equation>): Float64Array {
  const fraction = fractionOf(call.result.format);
  const low = toReal(call.attributes.low, fraction);
  // A root is rounded to the last integer of the box from at most one last place above it.
  const high = toReal(call.attributes.high + 1n, fraction);
  return Float64Array.from(zip(args, call, (coefficients) => bisected(coefficients, low, high)));
}

function bisected(coefficients: readonly number[], low: number, high: number): number {
  const value = (x: number): number => coefficients.reduceRight((sum, a) => sum * x + a, 0);
  const direction = value(high) >= value(low) ? 1 : -1;
  let [below, above] = [low, high];
  if (direction * value(below) >= 0) return below;
  if (direction * value(above) <= 0) return above;
  for (;;) {
    const middle = below + (above - below) / 2;
    if (middle <= below || middle >= above) return nearer(value, below, above);
    if (direction * value(middle) <= 0) below = middle;
    else above = middle;
  }
}

const nearer = (value: (x: number) => number, a: number, b: number): number =>
  Math.abs(value(a)) <= Math.abs(value(b)) ? a : b;
