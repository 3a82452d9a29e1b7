// Whether rows and bounds contradict each other over the rational numbers: the simplex method for bounded variables, with Bland's rule
// (Dutertre and de Moura, A fast linear-arithmetic solver for DPLL(T), 2006). A node that stands in one row alone is basic. Where it is
// out of its bounds, and no other node of its row can move such that it comes nearer, the row itself is a contradiction.
//
// A row holds modulo p. It holds over the integers where its sum is less than p whatever its nodes are; the others are left out.
import type { Expression } from '../../../constraints/expression.ts';
import { magnitude, type Interval } from '../../../numbers/interval.ts';
import type { Budget } from '../elimination.ts';
import type { Node } from './pair.ts';

/** Σ c n + k = 0. */
interface Row {
  basic: Node;
  terms: Map<Node, bigint>;
  constant: bigint;
}

export function isInfeasible(
  rows: readonly Expression[],
  bounds: readonly Interval[],
  modulus: bigint,
  budget: Budget,
): boolean {
  const tableau = solved(rows.filter(holdsOverIntegers), budget);
  if (!tableau) return true;
  const value = bounds.map(({ low, high }) => (low >= 0n || -low < high ? low : high));
  for (;;) {
    const found = tableau
      .map((row) => ({ row, move: outOfBounds(row) }))
      .filter(({ move }) => move !== 0n)
      .sort((a, b) => a.row.basic - b.row.basic)[0];
    if (!found || budget.left < 0) return false;
    const { row, move } = found;
    const own = row.terms.get(row.basic)!;
    const entering = [...row.terms]
      .filter(([node, c]) => node !== row.basic && canMove(node, -c * own * move))
      .map(([node]) => node)
      .sort((a, b) => a - b)[0];
    if (entering === undefined) return true;
    const { low, high } = bounds[row.basic]!;
    value[row.basic] = move > 0n ? low : high;
    row.basic = entering;
    for (const other of tableau) if (other !== row) eliminate(row, other, budget);
  }

  function holdsOverIntegers({ terms, constant }: Expression): boolean {
    const most = terms.reduce(
      (sum, { coefficient, variable }) =>
        sum + magnitude({ low: coefficient, high: coefficient }) * magnitude(bounds[variable]!),
      magnitude({ low: constant, high: constant }),
    );
    return most < modulus;
  }

  /** 1 where the basic node has to become larger, −1 where it has to become smaller. */
  function outOfBounds({ basic, terms, constant }: Row): bigint {
    budget.left -= terms.size;
    let rest = -constant;
    for (const [node, c] of terms) if (node !== basic) rest -= c * value[node]!;
    const own = terms.get(basic)!;
    const [numerator, denominator] = own > 0n ? [rest, own] : [-rest, -own];
    const { low, high } = bounds[basic]!;
    return numerator < low * denominator ? 1n : numerator > high * denominator ? -1n : 0n;
  }

  function canMove(node: Node, direction: bigint): boolean {
    const { low, high } = bounds[node]!;
    return direction > 0n ? value[node]! < high : value[node]! > low;
  }
}

/** Each row with a basic node; undefined where a row without nodes is left that is not 0. */
function solved(expressions: readonly Expression[], budget: Budget): Row[] | undefined {
  const rows: Row[] = [];
  for (const { terms, constant } of expressions) {
    const row: Row = { basic: -1, terms: new Map(), constant };
    for (const { variable, coefficient } of terms)
      row.terms.set(variable, (row.terms.get(variable) ?? 0n) + coefficient);
    for (const [node, c] of row.terms) if (c === 0n) row.terms.delete(node);
    for (const before of rows) eliminate(before, row, budget);
    const basic = [...row.terms.keys()].at(-1);
    if (basic === undefined) {
      if (row.constant !== 0n) return undefined;
      continue;
    }
    row.basic = basic;
    for (const before of rows) eliminate(row, before, budget);
    rows.push(row);
  }
  return rows;
}

/** Takes the basic node of one row out of another. */
function eliminate({ basic, terms, constant }: Row, from: Row, budget: Budget): void {
  const factor = from.terms.get(basic);
  if (factor === undefined) return;
  budget.left -= terms.size;
  const own = terms.get(basic)!;
  const common = gcd(factor, own);
  const [keep, take] = [own / common, factor / common];
  for (const [node, c] of from.terms) from.terms.set(node, c * keep);
  from.constant = from.constant * keep - constant * take;
  for (const [node, c] of terms) {
    const sum = (from.terms.get(node) ?? 0n) - c * take;
    if (sum === 0n) from.terms.delete(node);
    else from.terms.set(node, sum);
  }
}

function gcd(a: bigint, b: bigint): bigint {
  while (b !== 0n) [a, b] = [b, a % b];
  return a;
}
