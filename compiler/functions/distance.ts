// How far a polynomial with given coefficients is from a function on a piece: proved, whatever the coefficients are.
//
//   |p − f| ≤ Σ_j |p_j − f_j| + remainder     in Chebyshev's basis, with f near Σ f_j T_j
//
// Where no series is found, a function that never falls is between its values at both ends, and p in an interval of integers.
import { interval, type Interval } from '../numbers/interval.ts';
import { realUp } from '../numbers/upward.ts';
import { fromPolynomial, type ChebyshevSeries } from './chebyshev.ts';
import { findFunction, type Elementary } from './elementary.ts';
import { rangeOf, type Polynomial, type Reached } from './pieces.ts';

export interface Approximated {
  /** The function's name. */
  readonly function: string;
  /** Fractional bits of x. */
  readonly fraction: number;
  /** Fractional bits of the polynomial's values. */
  readonly scale: number;
}

/** Bits after the last place of the values, with which the function is enclosed. */
const guardBits = 24;

/** A remainder is small enough at so many bits after the result's last place. */
const targetBits = 12;

const proved = new Map<string, number>();

/** At least |p − f| on a part of a piece, in real units, rounded upwards. `precision`: fractional bits that matter in the result. */
export function distanceOnPart(
  piece: Polynomial,
  part: Interval,
  how: Approximated,
  precision: number,
): number {
  const { function: name, fraction, scale } = how;
  // A function of an author's may be another one in another run, but not in one.
  const place = `${name} ${fraction} ${scale} ${precision} ${part.low - piece.first} ${part.high - piece.first}`;
  const f = findFunction(name);
  if (!f) return Infinity;
  const key = `${place} ${piece.first} ${piece.coefficients.join()}`;
  const before = proved.get(key);
  if (before !== undefined) return before;
  const bound = prove(f, { piece, part }, how, precision);
  if (proved.size >= mostKept) proved.clear();
  proved.set(key, bound);
  return bound;
}

const mostKept = 10_000;

function prove(
  f: Elementary,
  { piece, part }: Reached<Polynomial>,
  { fraction, scale }: Approximated,
  precision: number,
): number {
  const degree = piece.coefficients.length - 1;
  const bits = Math.max(scale + 2 * degree, precision + 2 * targetBits, fraction + 1) + guardBits;
  const target = 1n << BigInt(bits - precision - targetBits);
  const series = seriesOn(f, part, { fraction, bits, target });
  const bounds: bigint[] = [];
  if (series) bounds.push(inBasis(piece, part, scale, bits, series));
  // A series that is far off says less than both ends may.
  if (!series || series.remainder > target) {
    const ends = byEnds(f, { piece, part }, { fraction, scale, bits });
    if (ends !== undefined) bounds.push(ends);
  }
  if (bounds.length === 0) return Infinity;
  return realUp(
    bounds.reduce((least, each) => (each < least ? each : least)),
    bits,
  );
}

/** A series on the integers of `part`, as reals with `fraction` fractional bits. */
export function seriesOn(
  f: Elementary,
  { low, high }: Interval,
  {
    fraction,
    bits,
    target,
  }: { readonly fraction: number; readonly bits: number; readonly target: bigint },
): ChebyshevSeries | undefined {
  const half = BigInt(bits - fraction - 1);
  return f.series((low + high) << half, (high - low) << half, { bits, target });
}

function inBasis(
  { first, coefficients }: Polynomial,
  part: Interval,
  scale: number,
  bits: number,
  { coefficients: own, remainder }: ChebyshevSeries,
): bigint {
  const degree = coefficients.length - 1;
  const ends = {
    sum: part.low + part.high - 2n * first,
    difference: part.high - part.low,
  };
  const up = BigInt(bits - scale - 2 * degree);
  const polynomial = fromPolynomial(coefficients, ends).map((value) => value << up);
  let bound = remainder;
  for (let j = 0; j < Math.max(own.length, polynomial.length); j++) {
    const difference = (polynomial[j] ?? 0n) - (own[j] ?? 0n);
    bound += difference < 0n ? -difference : difference;
  }
  return bound;
}

function byEnds(
  f: Elementary,
  reached: Reached<Polynomial>,
  {
    fraction,
    scale,
    bits,
  }: { readonly fraction: number; readonly scale: number; readonly bits: number },
): bigint | undefined {
  const values = valuesAtEnds(f, reached.part, fraction, bits);
  if (!values) return undefined;
  const { low, high } = rangeOf(reached);
  const up = BigInt(bits - scale);
  const [above, below] = [(high << up) - values.low, values.high - (low << up)];
  return above > below ? above : below;
}

/** An interval that holds all values of a function that never falls; undefined for others, and where one is not known. */
export function valuesAtEnds(
  f: Elementary,
  { low, high }: Interval,
  fraction: number,
  bits: number,
): Interval | undefined {
  const [least, most] = [low, high].map((x) => f.rising?.(x << BigInt(bits - fraction), bits));
  return least && most ? interval(least.low, most.high) : undefined;
}
