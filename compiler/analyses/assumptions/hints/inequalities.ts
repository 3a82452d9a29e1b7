// Bounds of a polynomial by intervals of its symbols, and by known bounds of other polynomials.
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
  /** By the form of their polynomials. */
  readonly #inequalities: ReadonlyMap<string, Inequality>;

  constructor(
    intervals: Facts['intervals'],
    inequalities: readonly Inequality[],
    before: ReadonlyMap<string, Inequality> = new Map(),
  ) {
    this.#intervals = intervals;
    const all = new Map(before);
    for (const each of inequalities) {
      const { key, inequality } = reduced(each);
      const other = all.get(key);
      all.set(key, other ? bothOf(other, inequality) : inequality);
    }
    this.#inequalities = all;
  }

  and(...more: readonly Inequality[]): Known {
    return more.length === 0 ? this : new Known(this.#intervals, more, this.#inequalities);
  }

  /** False where no values satisfy all of them, as far as bounds show. */
  isPossible(): boolean {
    return [...this.#inequalities.values()].every(({ polynomial, from, to }) => {
      if (from !== undefined && to !== undefined && from > to) return false;
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
    for (const inequality of this.#inequalities.values()) {
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

/** The same inequality of the polynomial without its constant and the common divisor of its coefficients. */
function reduced(own: Inequality): { readonly key: string; readonly inequality: Inequality } {
  const constant = own.polynomial.get('')?.coefficient ?? 0n;
  const rest = [...own.polynomial]
    .filter(([key]) => key !== '')
    .sort(([a], [b]) => (a < b ? -1 : 1));
  // A constant satisfies it always or never.
  if (rest.length === 0) return { key: `${own.from},${own.to}:${constant}`, inequality: own };
  const size = rest.map(([, { coefficient }]) => coefficient).reduce(commonDivisor, 0n);
  const divisor = rest[0]![1].coefficient < 0n ? -size : size;
  const monomials = rest.map(([, m]) => ({ ...m, coefficient: m.coefficient / divisor }));
  const least = own.from === undefined ? undefined : own.from - constant;
  const most = own.to === undefined ? undefined : own.to - constant;
  const [from, to] = divisor > 0n ? [least, most] : [negated(most), negated(least)];
  return {
    key: monomials.map(({ coefficient, symbols }) => `${coefficient}·${symbols.join()}`).join('+'),
    inequality: {
      polynomial: ofMonomials(monomials),
      // An integer that is at least from / size.
      ...(from === undefined ? {} : { from: -floorDivide(-from, size) }),
      ...(to === undefined ? {} : { to: floorDivide(to, size) }),
    },
  };
}

const negated = (x: bigint | undefined): bigint | undefined => (x === undefined ? undefined : -x);

function commonDivisor(a: bigint, b: bigint): bigint {
  return b === 0n ? (a < 0n ? -a : a) : commonDivisor(b, a % b);
}

/** Two inequalities of one polynomial. */
function bothOf(a: Inequality, b: Inequality): Inequality {
  const from = a.from === undefined || (b.from !== undefined && b.from > a.from) ? b.from : a.from;
  const to = a.to === undefined || (b.to !== undefined && b.to < a.to) ? b.to : a.to;
  return {
    polynomial: a.polynomial,
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  };
}
