// Draws conclusions for two witnesses in one case: narrower bounds, and further rows. Finds out where no two witnesses are left.
import type { Expression } from '../../../constraints/expression.ts';
import {
  contains,
  intersect,
  interval,
  product,
  scaled,
  square,
  type Interval,
} from '../../../numbers/interval.ts';
import type { Arithmetic } from '../arithmetic.ts';
import type { Budget } from '../elimination.ts';
import { signed } from '../equations.ts';
import { boundsOfTerms } from '../range.ts';
import type { Node, Pair, PairProduct } from './pair.ts';
import { reduceRows } from './reduce-rows.ts';

/** A case: bounds and rows that hold in it, besides those of the pair. */
export interface Case {
  readonly bounds: Interval[];
  readonly rows: Expression[];
  /** All rows together, each with a node that no other has: `reduceRows`. */
  reduced: readonly Expression[];
  /** Products of which one factor was fixed: they are rows now. */
  readonly linear: Set<PairProduct>;
  /** Products that follow from others, and those whose corner is a row: signs.ts. */
  readonly products: PairProduct[];
  readonly cornered: Set<PairProduct>;
}

/** Rounds of narrowing: bounds that shrink by one for long are left as they are. */
const mostRounds = 12;
/** The same where further products are there: rows are taken together otherwise, too (infeasible.ts). */
const mostRoundsExtended = 3;

export class Propagation {
  constructor(
    private readonly pair: Pair,
    private readonly arithmetic: Arithmetic,
    private readonly budget: Budget,
  ) {}

  /** Whether the case may have two witnesses. */
  run(own: Case): boolean {
    const rounds = own.products.length > 0 ? mostRoundsExtended : mostRounds;
    for (let round = 0; round < rounds; round++) {
      const before = own.rows.length;
      const narrowed = this.#narrowAll(own);
      if (narrowed === undefined) return false;
      const isNew = round === 0 || own.rows.length > before;
      if (!narrowed && !isNew) return true;
      if (isNew || narrowed) {
        const reduced = reduceRows(
          [...this.pair.rows, ...own.rows],
          own.bounds,
          this.arithmetic.field,
          this.budget,
        );
        if (!reduced) return false;
        own.reduced = reduced;
      }
      if (this.budget.left < 0) return true;
    }
    return true;
  }

  /** Whether a bound became narrower; undefined where nothing is left. */
  #narrowAll(own: Case): boolean | undefined {
    let isNarrower = false;
    const narrow = (node: Node, to: Interval): boolean => {
      const old = own.bounds[node]!;
      const common = intersect(old, to);
      if (!common) return false;
      if (common.low !== old.low || common.high !== old.high) {
        own.bounds[node] = common;
        isNarrower = true;
      }
      return true;
    };
    for (const rows of [this.pair.rows, own.rows, own.reduced])
      for (const row of rows) {
        this.budget.left -= row.terms.length;
        for (const [node, to] of boundsOfTerms(row, own.bounds, this.arithmetic))
          if (!narrow(node, to)) return undefined;
      }
    for (const each of [...this.pair.products, ...own.products]) {
      this.budget.left--;
      if (!this.#multiply(each, own, narrow)) return undefined;
    }
    return isNarrower;
  }

  #multiply(each: PairProduct, own: Case, narrow: (node: Node, to: Interval) => boolean): boolean {
    const { scale, left, right, out } = each;
    const { anything, field } = this.arithmetic;
    const at = (node: Node): Interval => own.bounds[node]!;
    const factor = field.centered(scale);
    if (factor === 0n) return narrow(out, zero);
    for (const [fixed, other] of [
      [left, right],
      [right, left],
    ] as const)
      if (isFixed(at(fixed)) && !own.linear.has(each)) {
        own.linear.add(each);
        own.rows.push(
          signed(
            {
              terms: [
                { coefficient: factor * at(fixed).low, variable: other },
                { coefficient: -1n, variable: out },
              ],
              constant: 0n,
            },
            field,
          ),
        );
      }
    if (at(left) !== anything && at(right) !== anything) {
      const plain = left === right ? square(at(left)) : product(at(left), at(right));
      const whole = scaled(plain, factor);
      if (contains(anything, whole)) {
        if (!narrow(out, whole)) return false;
        if (!this.#divide(each, factor, at, narrow)) return false;
      }
    }
    // A field has no divisors of zero.
    if (isZero(at(out))) {
      if (excludesZero(at(left)) && !narrow(right, zero)) return false;
      if (excludesZero(at(right)) && !narrow(left, zero)) return false;
    }
    return true;
  }

  /** Where nothing wraps around, the sign of a factor follows from the product and the other factor. */
  #divide(
    { left, right, out }: PairProduct,
    factor: bigint,
    at: (node: Node) => Interval,
    narrow: (node: Node, to: Interval) => boolean,
  ): boolean {
    const { anything } = this.arithmetic;
    const turned = factor > 0n ? at(out) : scaled(at(out), -1n);
    for (const [known, other] of [
      [left, right],
      [right, left],
    ] as const) {
      const sign = at(known).low > 0n ? 1n : at(known).high < 0n ? -1n : 0n;
      if (sign === 0n) continue;
      const result = scaled(turned, sign);
      if (result.low >= 0n && !narrow(other, interval(result.low > 0n ? 1n : 0n, anything.high)))
        return false;
      if (result.high <= 0n && !narrow(other, interval(anything.low, result.high < 0n ? -1n : 0n)))
        return false;
    }
    return true;
  }
}

const zero = interval(0n, 0n);
export const isFixed = ({ low, high }: Interval): boolean => low === high;
export const isZero = ({ low, high }: Interval): boolean => low === 0n && high === 0n;
const excludesZero = ({ low, high }: Interval): boolean => low > 0n || high < 0n;
