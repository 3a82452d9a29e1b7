// The function on each part that a search looks at. All degrees share the series, which costs most of the search.
import type { Interval } from '../numbers/interval.ts';
import { seriesOn, valuesAtEnds } from './distance.ts';
import type { Elementary } from './elementary.ts';

/** Bits after the last places of argument and result. */
const guardBits = 40;

export interface Fractions {
  /** Fractional bits of the argument. */
  readonly fraction: number;
  readonly resultFraction: number;
}

/** The series of a function on parts of its domain, each derived once. */
export class Shapes {
  readonly bits: number;
  readonly #f: Elementary;
  readonly #fractions: Fractions;
  readonly #known = new Map<string, Shape>();

  constructor(f: Elementary, fractions: Fractions) {
    this.#f = f;
    this.#fractions = fractions;
    this.bits = Math.max(fractions.resultFraction, fractions.fraction) + guardBits;
  }

  on(part: Interval): Shape {
    const key = `${part.low} ${part.high}`;
    const known = this.#known.get(key) ?? this.#derive(part);
    this.#known.set(key, known);
    return known;
  }

  #derive(part: Interval): Shape {
    const { fraction, resultFraction } = this.#fractions;
    const bits = this.bits;
    const target = 1n << BigInt(bits - resultFraction - 12);
    const series = seriesOn(this.#f, part, { fraction, bits, target });
    if (series) {
      const tails = [0n];
      for (const c of series.coefficients.toReversed()) tails.push(tails.at(-1)! + size(c));
      tails.reverse();
      const distance = (degree: number): bigint => series.remainder + (tails[degree + 1] ?? 0n);
      return { series: series.coefficients, distance };
    }
    const values = valuesAtEnds(this.#f, part, fraction, bits);
    if (!values) return { series: [], distance: () => undefined };
    const spread = (values.high - values.low + 1n) >> 1n;
    return { series: [(values.low + values.high) >> 1n], distance: () => spread };
  }
}

/** A function on a part: a series, which may be cut off after any degree. */
export interface Shape {
  readonly series: readonly bigint[];
  /** How far the series that is cut off after a degree is from the function; undefined where nothing is known. */
  distance(degree: number): bigint | undefined;
}

export const size = (x: bigint): bigint => (x < 0n ? -x : x);
