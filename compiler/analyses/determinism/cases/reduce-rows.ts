// Rows taken together: each is solved for a node, which is put into all others. Nodes that are fixed count as numbers.
import type { Expression } from '../../../constraints/expression.ts';
import type { PrimeField } from '../../../numbers/field.ts';
import type { Interval } from '../../../numbers/interval.ts';
import { negatedInverse } from '../affine.ts';
import type { Budget } from '../elimination.ts';
import type { Node } from './pair.ts';

interface Row {
  readonly terms: Map<Node, bigint>;
  constant: bigint;
}

/** Undefined where the rows contradict each other. When the budget ends, the rows that are there are true all the same. */
export function reduceRows(
  rows: readonly Expression[],
  bounds: readonly Interval[],
  field: PrimeField,
  budget: Budget,
): readonly Expression[] | undefined {
  const left = rows.map((row) => withNumbers(row, bounds, field));
  const done: { readonly node: Node; readonly row: Row }[] = [];
  for (;;) {
    let next: Row | undefined;
    for (const row of left) {
      if (row.terms.size === 0) {
        if (field.canonical(row.constant) !== 0n) return undefined;
        continue;
      }
      if (!next || row.terms.size < next.terms.size) next = row;
    }
    if (!next || budget.left < 0) break;
    left.splice(left.indexOf(next), 1);
    const node = [...next.terms.keys()].reduce((a, b) =>
      saysLess(bounds[b]!, bounds[a]!) ? b : a,
    );
    for (const row of [...left, ...done.map((each) => each.row)])
      substitute(node, next, row, field, budget);
    done.push({ node, row: next });
  }
  return [...done.map(({ row }) => row), ...left]
    .filter(({ terms }) => terms.size > 0)
    .map(({ terms, constant }) => ({
      terms: [...terms].map(([variable, coefficient]) => ({ coefficient, variable })),
      constant,
    }));
}

/** Nodes that stay should say much of each other: nodes of one sign, and narrow ones. */
function saysLess(a: Interval, b: Interval): boolean {
  const [ofTwoSigns, other] = [a, b].map(({ low, high }) => low < 0n && high > 0n);
  return ofTwoSigns === other ? a.high - a.low > b.high - b.low : ofTwoSigns!;
}

function withNumbers(
  { terms, constant }: Expression,
  bounds: readonly Interval[],
  { centered }: PrimeField,
): Row {
  const row: Row = { terms: new Map(), constant };
  for (const { coefficient, variable } of terms) {
    const { low, high } = bounds[variable]!;
    if (low === high) row.constant = centered(row.constant + coefficient * low);
    else addTerm(row, variable, coefficient, centered);
  }
  return row;
}

function substitute(node: Node, by: Row, into: Row, field: PrimeField, budget: Budget): void {
  const own = into.terms.get(node);
  if (own === undefined) return;
  budget.left -= by.terms.size;
  const factor = field.centered(negatedInverse(by.terms.get(node)!, field) * own);
  for (const [each, coefficient] of by.terms)
    addTerm(into, each, factor * coefficient, field.centered);
  into.constant = field.centered(into.constant + factor * by.constant);
}

function addTerm(row: Row, node: Node, coefficient: bigint, centered: (x: bigint) => bigint): void {
  const sum = centered((row.terms.get(node) ?? 0n) + coefficient);
  if (sum === 0n) row.terms.delete(node);
  else row.terms.set(node, sum);
}
