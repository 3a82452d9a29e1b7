// Decides by cases whether two witnesses can differ in a variable. Each case is propagated; where this ends in no contradiction, one of
// these splits the case in two. The variable is known where every case ends in a contradiction.
//
//   l · r ≡ 0                           l = 0, or r = 0: a field has no divisors of zero
//   f · g ≡ f · h in one witness        f = 0, or g = h
//   a product with one result in both   s l r = s l' r' and r' − r = c (l' − l) say (l' − l) (r' + c l) = 0, so that l' = l or r' = −c l
//   equal powers in both                one of them is the other, or its negative: powers.ts
//   a bit                               0, or 1
//   a factor of either sign             negative, 0, or positive, where nothing else is left: signs.ts
import type { Expression } from '../../../constraints/expression.ts';
import { interval, type Interval } from '../../../numbers/interval.ts';
import { negatedInverse } from '../affine.ts';
import type { Arithmetic } from '../arithmetic.ts';
import type { Budget } from '../elimination.ts';
import { adding, fixing, form, type Branch, type Split } from './branch.ts';
import { isInfeasible } from './infeasible.ts';
import type { Node, Pair, PairProduct } from './pair.ts';
import { equalPowers } from './powers.ts';
import { isFixed, isZero, Propagation, type Case } from './propagate.ts';
import { reduceRows } from './reduce-rows.ts';
import { sharedFactors, type SharedFactor } from './shared-factors.ts';
import { extend, signOfAny, signOfShared } from './signs.ts';

/** Splits that one case may follow from. */
const deepest = 8;

/** Signs are tried where no other split is left, if that is asked for: it costs more, and few circuits need it. */
export function isRefuted(
  pair: Pair,
  arithmetic: Arithmetic,
  budget: Budget,
  bySigns: boolean,
): boolean {
  const propagation = new Propagation(pair, arithmetic, budget);
  const shared = sharedFactors(pair, arithmetic.field);
  const search = (own: Case, used: ReadonlySet<number>, depth: number): boolean => {
    if (!propagation.run(own)) return true;
    if (own.cornered.size > 0) {
      const rows = [...pair.rows, ...own.rows];
      if (isInfeasible(rows, own.bounds, arithmetic.field.modulus, budget)) return true;
    }
    if (depth === deepest || budget.left < 0) return false;
    const split =
      chooseSplit(pair, own, shared, used, arithmetic, budget) ??
      (bySigns ? signOfShared(pair, own) : undefined);
    if (!split && bySigns && extend(pair, own, arithmetic, budget)) return search(own, used, depth);
    const last = split ?? (bySigns ? signOfAny(pair, own) : undefined);
    if (!last) return false;
    const next = last.twin === undefined ? used : new Set([...used, last.twin]);
    return last.branches.every((branch) => {
      const copy = copyOf(own);
      branch(copy);
      return search(copy, next, depth + 1);
    });
  };
  const start: Case = {
    bounds: [...pair.bounds],
    rows: [],
    reduced: [],
    products: [],
    linear: new Set(),
    cornered: new Set(),
  };
  // The first sign that is split is a known number's.
  if (bySigns && !signOfShared(pair, start)) return false;
  return search(start, new Set(), 0);
}

const copyOf = ({ bounds, rows, reduced, products, linear, cornered }: Case): Case => ({
  bounds: [...bounds],
  rows: [...rows],
  reduced,
  products: [...products],
  linear: new Set(linear),
  cornered: new Set(cornered),
});

function chooseSplit(
  pair: Pair,
  { bounds, reduced, rows }: Case,
  shared: readonly SharedFactor[],
  used: ReadonlySet<number>,
  arithmetic: Arithmetic,
  budget: Budget,
): Split | undefined {
  const at = (node: Node): Interval => bounds[node]!;
  const isOpen = (node: Node): boolean => !isFixed(at(node));
  for (const { left, right, out } of pair.products)
    if (isZero(at(out)) && isOpen(left) && isOpen(right))
      return { branches: [fixing(left, 0n), fixing(right, 0n)] };
  for (const { factor, others } of shared) {
    if (isZero(at(factor)) || rows.some(({ terms }) => isDifference(terms, others))) continue;
    const [g, h] = others;
    return { branches: [fixing(factor, 0n), adding(form([1n, g], [-1n, h]))] };
  }
  for (const [twin, [first, second]] of pair.twins.entries()) {
    if (used.has(twin)) continue;
    const [a, b] = [pair.products[first]!, pair.products[second]!];
    if (a.out !== b.out) continue;
    const found =
      equalProducts(a, b, reduced, bounds, arithmetic, budget) ??
      equalPowers(pair, a, b, bounds, arithmetic, budget);
    if (found) return { twin, branches: found };
  }
  const isBit = (node: Node): boolean => at(node).low === 0n && at(node).high === 1n;
  const factors = pair.products.flatMap(({ left, right }) => [left, right]);
  const bit = factors.find(isBit) ?? bounds.findIndex((_, node) => isBit(node));
  return bit === -1 ? undefined : { branches: [fixing(bit, 0n), fixing(bit, 1n)] };
}

/** Whether the case says already that the two are equal. */
const isDifference = (terms: Expression['terms'], [g, h]: readonly [Node, Node]): boolean =>
  terms.length === 2 && terms[0]!.variable === g && terms[1]!.variable === h;

/** The two ways in which l r = l' r' can hold, where c is known: one of the factors may be the same in both. */
function equalProducts(
  { left: l0, right: r0 }: PairProduct,
  { left: l1, right: r1 }: PairProduct,
  rows: readonly Expression[],
  bounds: readonly Interval[],
  arithmetic: Arithmetic,
  budget: Budget,
): readonly [Branch, Branch] | undefined {
  if (r0 === r1) return [adding(form([1n, l1], [-1n, l0])), adding(form([1n, r0]))];
  if (l0 === l1) return [adding(form([1n, r1], [-1n, r0])), adding(form([1n, l0]))];
  const isSquare = l0 === r0 && l1 === r1;
  const c = isSquare ? 1n : proportion([l0, l1], [r0, r1], rows, bounds, arithmetic, budget);
  return c === undefined
    ? undefined
    : [adding(form([1n, l1], [-1n, l0])), adding(form([1n, r1], [c, l0]))];
}

/** c with r' − r = c (l' − l), where the rows say so. */
function proportion(
  [l0, l1]: readonly [Node, Node],
  [r0, r1]: readonly [Node, Node],
  rows: readonly Expression[],
  bounds: readonly Interval[],
  { field }: Arithmetic,
  budget: Budget,
): bigint | undefined {
  // Two new nodes stand for the differences. All other nodes are eliminated first, because they are wider.
  const [dl, dr] = [bounds.length, bounds.length + 1];
  const narrow = interval(0n, 1n);
  const wide = bounds.map((each) => (isFixed(each) ? each : interval(0n, field.modulus)));
  const reduced = reduceRows(
    [...rows, form([1n, l1], [-1n, l0], [-1n, dl]), form([1n, r1], [-1n, r0], [-1n, dr])],
    [...wide, narrow, narrow],
    field,
    budget,
  );
  const found = reduced?.find(
    ({ terms, constant }) =>
      terms.length === 2 && constant === 0n && terms.every(({ variable }) => variable >= dl),
  );
  if (!found) return undefined;
  const own = found.terms.find(({ variable }) => variable === dr)!.coefficient;
  const other = found.terms.find(({ variable }) => variable === dl)!.coefficient;
  return field.centered(other * negatedInverse(own, field));
}
