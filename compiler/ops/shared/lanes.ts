// Lanes: several sums of products with one vector v in one field element. Row l of a group has the entries M_lj and the
// sum z_l = Σ_j M_lj v_j; with lanes of w bits
//
//   P_j = Σ_l 2^(w l) M_lj,    Σ_j P_j v_j = Σ_l 2^(w l) z_l,
//
// so that a group of L rows takes one product for each v_j, and not L. The sums are taken out again as advice y_l with
//
//   low_l ≤ y_l < low_l + 2^w  (range-checked)    and    Σ_j P_j v_j = Σ_l 2^(w l) y_l.
//
// Sound, since no other y fit. Range analysis says low_l ≤ z_l < low_l + 2^w, for every witness. So both z_l and what the check
// admits for y_l are of the same 2^w integers, and their difference d_l = z_l − y_l has |d_l| ≤ 2^w − 1. The equation says
// Σ_l 2^(w l) d_l ≡ 0 modulo p, and
//
//   |Σ_l 2^(w l) d_l| ≤ (2^w − 1) (1 + 2^w + … + 2^(w (L−1))) = 2^(w L) − 1 < p    for 2^(w L) ≤ p:
//
// it is 0 over the integers. Modulo 2^w then d_0 ≡ 0, so d_0 = 0; divided by 2^w, d_1 = 0; and so on. Nothing is asked of the
// M_lj and v_j but what the range analysis knows of them: a lane may borrow from the next one in between. Nor is it asked that
// the check be as wide as the lane: |d_l| < 2^w is all that counts (assert-residual.ts).
import { fail } from '../../diagnostics/diagnostic.ts';
import type { Constraints } from '../../constraints/constraints.ts';
import { linear, offset, type Expression } from '../../constraints/expression.ts';
import { linkedCost } from '../../constraints/range-plan.ts';
import { canonical, modulus } from '../../numbers/field.ts';
import { bitLength, type Intervals } from '../../numbers/interval.ts';
import { spanBits } from './within.ts';

/** For each element of a result the positions in a and in b that are multiplied and summed. */
export type Pairs = readonly { readonly a: readonly number[]; readonly b: readonly number[] }[];

/** Elements of the result that have the same b, in order, at most `lanes` at a time. */
export function laneGroups(pairs: Pairs, lanes: number): number[][] {
  const classes = new Map<string, number[]>();
  pairs.forEach(({ b }, element) => {
    const key = b.join();
    const known = classes.get(key);
    if (known) known.push(element);
    else classes.set(key, [element]);
  });
  return [...classes.values()].flatMap((elements) =>
    Array.from({ length: Math.ceil(elements.length / lanes) }, (_, i) =>
      elements.slice(i * lanes, (i + 1) * lanes),
    ),
  );
}

/** Bits of all lanes together: 2^(w L) ≤ p. */
export const laneCapacity = bitLength(modulus) - 1;

/** w: the width of cheapest range checks that holds every element; undefined where no L lanes of such a width fit a field element. */
export function laneWidth(elements: Intervals, lanes: number): number | undefined {
  const least = elements.reduce((most, element) => Math.max(most, spanBits(element)), 1);
  const most = Math.floor(laneCapacity / lanes);
  let width: number | undefined;
  for (let bits = least; bits <= most; bits++)
    if (width === undefined || linkedCost(bits) < linkedCost(width)) width = bits;
  return width;
}

/** 2^(w l) for each lane. */
export const laneWeights = (width: number, count: number): bigint[] =>
  Array.from({ length: count }, (_, l) => 1n << BigInt(width * l));

interface Packed {
  readonly pairs: Pairs;
  readonly lanes: number;
  /** w. */
  readonly width: number;
  readonly a: readonly Expression[];
  readonly b: readonly Expression[];
}

/** Σ_j P_j v_j = Σ_l 2^(w l) z_l for the elements of each group. */
export function packedSums(
  constraints: Constraints,
  { pairs, lanes, width, a, b }: Packed,
): { readonly group: readonly number[]; readonly sum: Expression }[] {
  const packed = packing(constraints, { pairs, a, weights: laneWeights(width, lanes) });
  return laneGroups(pairs, lanes).map((group) => {
    constraints.element(group[0]!);
    const products = pairs[group[0]!]!.b.map((position, j) =>
      constraints.product(packed(group, j), b[position]!),
    );
    return { group, sum: linear(products) };
  });
}

/** The sums of products, each by itself. Throws `too-wide` where lanes could overflow. */
export function lowerLanes(
  constraints: Constraints,
  { elements, ...sums }: Omit<Packed, 'width'> & { readonly elements: Intervals },
): Expression[] {
  const width = laneWidth(elements, sums.lanes) ?? overflow(elements, sums.lanes);
  const result: Expression[] = [];
  for (const { group, sum } of packedSums(constraints, { ...sums, width })) {
    const values = group.length === 1 ? [sum] : takeApart(sum, group);
    values.forEach((value, l) => {
      result[group[l]!] = value;
    });
  }
  return result;

  // low_l ≤ y_l < low_l + 2^w;  Σ_j P_j v_j = Σ_l 2^(w l) y_l
  function takeApart(sum: Expression, group: readonly number[]): Expression[] {
    const lows = group.map((element) => elements[element]!.low);
    const above = constraints.advice(group.length, (read) => lanesOf(read(sum), lows, width));
    const values = above.map((value, l) => {
      constraints.element(group[l]!);
      constraints.range(value, width);
      return offset(value, lows[l]!);
    });
    constraints.element(group[0]!);
    assertLanes(constraints, { sum, values, width });
    return values;
  }
}

/** sum = Σ_l 2^(w l) values_l. */
export function assertLanes(
  constraints: Constraints,
  { sum, values, width }: { sum: Expression; values: readonly Expression[]; width: number },
): void {
  const weights = laneWeights(width, values.length).map((weight) => -weight);
  constraints.assertZero(linear([sum, ...values], [1n, ...weights]));
}

/** By how much each lane of a sum is above its low end; the last one keeps what is too much for it. */
export function lanesOf(sum: bigint, lows: readonly bigint[], width: number): bigint[] {
  const weights = laneWeights(width, lows.length);
  const above = canonical(lows.reduce((rest, low, l) => rest - weights[l]! * low, sum));
  return lows.map((_, l) => {
    const rest = above >> BigInt(width * l);
    return l === lows.length - 1 ? rest : rest & (weights[1]! - 1n);
  });
}

/** P_j of a group, made once for all vectors that it is multiplied by. */
function packing(
  constraints: Constraints,
  { pairs, a, weights }: Pick<Packed, 'pairs' | 'a'> & { readonly weights: readonly bigint[] },
): (group: readonly number[], j: number) => Expression {
  const made = new Map<string, Expression>();
  // Sealed first, a form of several terms costs the same here, and nothing where it is needed again.
  const entry = (e: Expression): Expression => (e.terms.length > 1 ? constraints.seal(e) : e);
  return (group, j) => {
    const column = group.map((element) => pairs[element]!.a[j]!);
    const key = column.join();
    const known = made.get(key);
    if (known) return known;
    const sum = linear(
      column.map((position) => entry(a[position]!)),
      weights.slice(0, column.length),
    );
    made.set(key, sum);
    return sum;
  };
}

/** Throws `too-wide`. */
export function overflow(elements: Intervals, lanes: number): never {
  const bits = elements.reduce((most, element) => Math.max(most, spanBits(element)), 0);
  return fail(
    'too-wide',
    `${lanes} lanes of ${bits} bits do not fit a field element: one could overflow into the next`,
    'fewer lanes, or narrower operands',
  );
}
