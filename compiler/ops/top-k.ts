// top-k: along the last axis, a mask of the k largest elements; of equal ones the first. Exactly on the integers.
import { fail } from '../diagnostics/diagnostic.ts';
import { bit } from '../ir/format.ts';
import { renderType } from '../ir/program.ts';
import { checkAxis, sizeOf } from '../ir/shape.ts';
import { hull, interval, type Interval } from '../numbers/interval.ts';
import { sumUp } from '../numbers/upward.ts';
import { constant, linear, offset, subtract } from '../constraints/expression.ts';
import type { Expression } from '../constraints/expression.ts';
import { countArguments, numericArgument } from './shared/arguments.ts';
import { comparisonWidth, splitSign } from './shared/comparison.ts';
import { defineOp, type Call } from './op.ts';
import { limbForm } from './shared/work.ts';

type Attributes = { readonly k: number };

/** f of every row, one after the other. */
function eachRow<T, R>(
  x: ArrayLike<T>,
  { arguments: [type] }: Call<Attributes>,
  f: (row: readonly T[], first: number) => readonly R[],
): R[] {
  const length = type!.shape.at(-1)!;
  const values = Array.from(x);
  return Array.from({ length: values.length / length }, (_, row) =>
    f(values.slice(row * length, (row + 1) * length), row * length),
  ).flat();
}

/** The positions from the largest element to the least; of equal ones the first comes first. */
const order = <T extends bigint | number>(row: readonly T[]): number[] =>
  [...row.keys()].sort((i, j) => (row[i]! > row[j]! ? -1 : row[i]! < row[j]! ? 1 : i - j));

function mask<T extends bigint | number, R>(row: readonly T[], k: number, [no, yes]: [R, R]): R[] {
  const chosen = new Set(order(row).slice(0, k));
  return row.map((_, i) => (chosen.has(i) ? yes : no));
}

/** n x_i + (n − 1 − i): the order of the keys is that of the elements, and no two are equal. */
const keyOf = (x: bigint, i: number, n: number): bigint => BigInt(n) * x + BigInt(n - 1 - i);

export const topK = defineOp<Attributes>({
  name: 'top-k',
  attributes: { k: 'number' },

  type(args, { k }) {
    countArguments('top-k', args, 1);
    numericArgument('top-k', args[0]!);
    const { shape } = args[0]!;
    const length = shape[checkAxis(shape, -1)]!;
    if (!Number.isSafeInteger(k) || k < 1 || k > length)
      fail('bad-index', `the top ${k} of ${renderType(args[0]!)}`, `k is 1 to ${length}`);
    return { shape, format: bit };
  },

  real: ([x], call) =>
    Float64Array.from(eachRow(x!, call, (row) => mask(row, call.attributes.k, [0, 1]))),
  fixed: ([x], call) => eachRow(x!, call, (row) => mask(row, call.attributes.k, [0n, 1n])),
  range: ([x], call) =>
    eachRow(x!, call, (row) =>
      row.map(() => interval(row.length === call.attributes.k ? 1n : 0n, 1n)),
    ),
  // Where a row is not exact, the real mask can hold others that are as large as its least, but for rounding.
  error: ([x], call) =>
    eachRow(x!, call, (row) =>
      row.map(() =>
        row.length === call.attributes.k || row.every(({ error }) => error === 0) ? 0 : 1,
      ),
    ),

  // b_i = (key_i ≥ t), Σ b_i = k. Soundness: the bits are unique, because no two keys are equal (analyses/determinism/threshold.ts).
  // t is not. That it is a key would take a product for each element.
  lower: ([x], call, constraints, ranges) =>
    eachRow(x!, call, (row, first) => {
      const [n, { k }] = [row.length, call.attributes];
      if (n === k) return row.map(() => constant(1n));
      const known = ranges.arguments[0]!.slice(first, first + n);
      const keys = row.map((e, i) => offset(linear([e], [BigInt(n)]), BigInt(n - 1 - i)));
      // Keys may be past p/2, where they are no integers any more; how far they are apart is one.
      const [threshold] = constraints.advice(1, (read) => {
        const [base] = keys as [Expression];
        const sorted = keys
          .map((key) => read(subtract(key, base)))
          .sort((a, b) => (a > b ? -1 : 1));
        return [read(base) + sorted[k - 1]!];
      });
      const width = comparisonWidth(apart(known));
      const bits = keys.map((key, i): Expression => {
        constraints.element(first + i);
        return splitSign(constraints, subtract(key, threshold!), width);
      });
      constraints.assertZero(offset(linear(bits), -BigInt(k)));
      return bits;
    }),

  // The threshold of a row: it may be anywhere between two keys.
  slack: ({ attributes: { k }, arguments: [type] }) => {
    const n = type!.shape.at(-1)!;
    return n === k ? 0 : sizeOf(type!.shape) / n;
  },

  decision: {
    margin: ([x], call) =>
      eachRow(x!, call, (row) =>
        row.map(({ error }, i) =>
          sumUp(error, Math.max(0, ...row.filter((_, j) => j !== i).map((each) => each.error))),
        ),
      ),
  },

  work: { form: ({ result }) => limbForm(result) },
});

/** How far two keys can be apart. */
function apart(row: readonly Interval[]): Interval {
  const n = row.length;
  const keys = hull(
    ...row.map(({ low, high }, i) => interval(keyOf(low, i, n), keyOf(high, i, n))),
  );
  const distance = keys.high - keys.low;
  return interval(-distance, distance);
}
