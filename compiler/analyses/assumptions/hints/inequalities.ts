// Bounds of a polynomial by intervals of its symbols, and by what other polynomials are known to be.
import { floorDivide, interval, type Interval } from '../../../numbers/interval.ts';
import type { Facts, Symbol } from '../facts.ts';
import { add, ofMonomials, rangeOf, type Polynomial } from '../polynomial.ts';

/** The polynomial's value is an integer of `from` to `to`; an end that is left out is open. */
export interface Inequality {
  readonly polynomial: Polynomial;
  readonly from?: bigint;
  readonly to?: bigint;
}

export class Known {
  readonly #intervals: Facts['intervals'];
  readonly #inequalities: readonly Inequality[];

  constructor(intervals: Facts['intervals'], inequalities: readonly Inequality[]) {
    this.#intervals = intervals;
    this.#inequalities = inequalities;
  }

  and(...more: readonly Inequality[]): Known {
    return new Known(this.#intervals, [...this.#inequalities, ...more]);
  }

  /** False where no values satisfy all of them, as far as bounds show. */
  isPossible(): boolean {
    return this.#inequalities.every(({ polynomial, from, to }) => {
      const [least, most] = [this.least(polynomial), this.most(polynomial)];
      const isBelow = from !== undefined && most !== undefined && most < from;
      const isAbove = to !== undefined && least !== undefined && least > to;
      return !isBelow && !isAbove;
    });
  }

  isPositive(symbol: Symbol): boolean {
    const least = this.least(ofMonomials([{ coefficient: 1n, symbols: [symbol] }]));
    return least !== undefined && least > 0n;
  }

  /** An integer that the polynomial does not exceed; undefined where none is found. */
  most(p: Polynomial): bigint | undefined {
    let best = rangeOf(p, this.#intervals)?.high;
    for (const inequality of this.#inequalities) {
      const found = this.#mostBy(p, inequality);
      if (found !== undefined && (best === undefined || found < best)) best = found;
    }
    return best;
  }

  least(p: Polynomial): bigint | undefined {
    const most = this.most(add(new Map(), p, -1n));
    return most === undefined ? undefined : -most;
  }

  /** Undefined where an end is not known. */
  range(p: Polynomial): Interval | undefined {
    const [low, high] = [this.least(p), this.most(p)];
    return low === undefined || high === undefined ? undefined : interval(low, high);
  }

  /** |b| p = ±a q + rest, where a term a m of p and a term b m of q cancel each other. */
  #mostBy(p: Polynomial, { polynomial: q, from, to }: Inequality): bigint | undefined {
    let best: bigint | undefined;
    const tried: (readonly [bigint, bigint])[] = [];
    for (const [key, { coefficient: a, symbols }] of p) {
      const b = q.get(key)?.coefficient;
      if (b === undefined || symbols.length === 0) continue;
      const size = b < 0n ? -b : b;
      const factor = b < 0n ? -a : a;
      const end = factor > 0n ? to : from;
      if (end === undefined || tried.some(([c, d]) => a * d === c * b)) continue;
      tried.push([a, b]);
      const scaledUp = add(new Map(), p, size);
      const rest = rangeOf(add(scaledUp, q, -factor), this.#intervals)?.high;
      if (rest === undefined) continue;
      const found = floorDivide(rest + factor * end, size);
      if (best === undefined || found < best) best = found;
    }
    return best;
  }
}
