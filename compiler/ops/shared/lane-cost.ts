// How many lanes (`lanes.ts`) save most rows of a sum of products, told from intervals: what has one value is a constant, and
// costs nothing to multiply by. In quarter rows: a half row of arithmetic is 2.
import type { Intervals } from '../../numbers/interval.ts';
import { laneGroups, type Pairs } from './lanes.ts';

interface LaneChoice {
  readonly lanes: number;
  /** More than 0. */
  readonly saved: number;
}

interface Sums {
  readonly pairs: Pairs;
  readonly a: Intervals;
  readonly b: Intervals;
  /** What each element of so many lanes costs, besides its sum; undefined where a lane could overflow. */
  readonly each: (lanes: number) => number | undefined;
}

/** The number of lanes for rows of a; undefined where none saves rows. */
export function chooseLanes(sums: Sums): LaneChoice | undefined {
  const plain = sums.pairs.reduce((total, _, element) => total + plainCost(sums, element), 0);
  const longest = laneGroups(sums.pairs, Math.max(1, sums.pairs.length)).reduce(
    (most, { length }) => Math.max(most, length),
    0,
  );
  let best: LaneChoice | undefined;
  for (let lanes = 2; lanes <= longest; lanes++) {
    const each = sums.each(lanes);
    if (each === undefined) break;
    const saved = plain - lanesCost(sums, lanes, each);
    if (saved > (best?.saved ?? 0)) best = { lanes, saved };
  }
  return best;
}

/** Of rows of a or of rows of b, `swapped`, whichever saves more. */
export function chooseSide(sums: Sums): (LaneChoice & { readonly swapped: boolean }) | undefined {
  const { a, b } = sums;
  const pairs = sums.pairs.map((pair) => ({ a: pair.b, b: pair.a }));
  const own = chooseLanes(sums);
  const other = chooseLanes({ ...sums, pairs, a: b, b: a });
  if (other && other.saved > (own?.saved ?? 0)) return { ...other, swapped: true };
  return own && { ...own, swapped: false };
}

const isVariable = ({ low, high }: Intervals[number]): boolean => low !== high;

/**
 * A product of two variables is one half row. Of n of them in a sum, n − 1 are another each; then it is one term. What is
 * multiplied by a constant is not counted: its variable may stand in what the sum is added to.
 */
function plainCost({ pairs, a, b }: Sums, element: number): number {
  const own = pairs[element]!;
  const products = own.a.filter(
    (position, j) => isVariable(a[position]!) && isVariable(b[own.b[j]!]!),
  ).length;
  return 2 * (products + Math.max(0, products - 1));
}

const isZero = ({ low, high }: Intervals[number]): boolean => low === 0n && high === 0n;

function lanesCost(sums: Sums, lanes: number, each: number): number {
  const { pairs, a, b } = sums;
  const packed = new Set<string>();
  let cost = 0;
  for (const group of laneGroups(pairs, lanes)) {
    if (group.length === 1) {
      cost += plainCost(sums, group[0]!);
      continue;
    }
    let terms = 0;
    pairs[group[0]!]!.b.forEach((position, j) => {
      const column = group.map((element) => pairs[element]!.a[j]!);
      const variables = column.filter((each) => isVariable(a[each]!)).length;
      const y = b[position]!;
      if (variables === 0 ? !isVariable(y) || column.every((each) => isZero(a[each]!)) : isZero(y))
        return;
      terms++;
      if (variables === 0 || !isVariable(y)) return;
      cost += 2;
      const key = column.join();
      // One entry alone may come with a constant, and then is a half row, too.
      if (!packed.has(key)) cost += 2 * Math.max(1, variables - 1);
      packed.add(key);
    });
    // The sum, and the equation that takes it apart, in which each lane is a term.
    cost += 2 * Math.max(0, terms - 1) + 2 * (group.length - 1) + group.length * each;
  }
  return cost;
}
