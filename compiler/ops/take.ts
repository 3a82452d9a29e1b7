// take: elements along the first axis at an index that is a tensor of integers, asserted to be on the axis. The index's shape takes
// the place of the axis.
//
// Costs: an element alone is chosen by the digits of the index. Whole rows are products with a one-hot vector, several in one field
// element (shared/lanes.ts).
import { renderType } from '../ir/program.ts';
import { fail } from '../diagnostics/diagnostic.ts';
import { sizeOf, type Shape } from '../ir/shape.ts';
import { bitLength, clamp, hull, intersect, interval, type Interval } from '../numbers/interval.ts';
import { linkedCost } from '../constraints/range-plan.ts';
import { linear, type Expression } from '../constraints/expression.ts';
import type { Constraints } from '../constraints/constraints.ts';
import { countArguments, intervalOf, numericArgument } from './shared/arguments.ts';
import { chooseLanes } from './shared/lane-cost.ts';
import { laneWidth, lowerLanes, type Pairs } from './shared/lanes.ts';
import { binaryDigits } from './shared/digits.ts';
import { oneHot, pick } from './shared/one-hot.ts';
import { assertInterval } from './shared/within.ts';
import { defineOp, Violation, type Call, type Ranges } from './op.ts';
import { elementsOf, elementwiseGates, productGates, productsForm } from './shared/work.ts';

/** Rows of the table, elements of a row, and how many rows are taken. */
function sizesOf({ arguments: [x, index] }: Call): { n: number; row: number; count: number } {
  const [n, ...inner] = x!.shape as [number, ...number[]];
  return { n, row: sizeOf(inner), count: sizeOf(index!.shape) };
}

/** f of every column, for each index: a column holds the elements of which one is taken. */
function columns<T, R>(x: readonly T[], call: Call, f: (column: readonly T[], taken: number) => R) {
  const { n, row, count } = sizesOf(call);
  return Array.from({ length: count }, (_, taken) =>
    Array.from({ length: row }, (_, r) =>
      f(
        Array.from({ length: n }, (_, j) => x[j * row + r]!),
        taken,
      ),
    ),
  ).flat();
}

const axisOf = (length: number): Interval => interval(0n, BigInt(length - 1));

export const take = defineOp({
  name: 'take',
  asserts: true,

  type(args) {
    countArguments('take', args, 2);
    const [x, index] = [args[0]!, args[1]!];
    const { fraction } = numericArgument('take', index);
    numericArgument('take', x);
    const [length, ...inner] = x.shape as Shape;
    if (length === undefined)
      fail('bad-axis', `take from ${renderType(x)}`, 'a tensor with an axis');
    if (fraction !== 0)
      fail(
        'format-mismatch',
        `take: an index is an integer, got ${renderType(index)}`,
        'declare it as u(bits, 0), or rescale it to a format without fractional bits',
      );
    if (!intersect(intervalOf(index), axisOf(length)))
      fail('never-holds', `take: no ${renderType(index)} is from 0 to ${length - 1}`);
    return { shape: [...index.shape, ...inner], format: x.format };
  },

  // At the nearest integer; past the axis there is no real value.
  real: ([x, index], call) =>
    Float64Array.from(
      columns([...x!], call, (column, taken) => column[Math.round(index![taken]!)] ?? NaN),
    ),
  fixed([x, index], call) {
    const { n } = sizesOf(call);
    const outside = index!.findIndex((i) => i < 0n || i >= BigInt(n));
    if (outside !== -1)
      throw new Violation(
        `the index ${index![outside]} is not on an axis of ${n}`,
        outside,
        `indices are 0 to ${n - 1}`,
      );
    return columns(x!, call, (column, taken) => column[Number(index![taken])]!);
  },
  lenient([x, index], call) {
    const bounds = axisOf(sizesOf(call).n);
    const nearest = index!.map((i) => Number(clamp(i, bounds)));
    return {
      conditions: index!.map((value) => ({ value, bounds })),
      value: columns(x!, call, (column, taken) => column[nearest[taken]!]!),
    };
  },
  range: ([x, index], call) =>
    columns(x!, call, (column, taken) => hull(...within(column, index![taken]!))),
  // An index that is not exact may be another one.
  error: ([x, index], call) =>
    columns(x!, call, (column, taken) => {
      const { error, interval: known } = index![taken]!;
      return error > 0 ? Infinity : Math.max(...within(column, known).map((each) => each.error));
    }),

  lower([x, index], call, constraints, ranges) {
    const { n, row } = sizesOf(call);
    const digits = index!.map((i, taken) => {
      constraints.element(taken);
      const sealed = constraints.seal(i);
      // The digits bound it from below, and by the next power of two.
      const digits = binaryDigits(constraints, sealed, bitLength(BigInt(n - 1)));
      const top = interval(0n, (1n << BigInt(digits.length)) - 1n);
      const known = intersect(top, ranges.arguments[1]![taken]!)!;
      assertInterval(constraints, sealed, axisOf(n), known);
      return digits;
    });
    if (row === 1) return columns(x!, call, (column, i) => pick(constraints, digits[i]!, column));
    return products(constraints, x!, digits, call, ranges);
  },

  // Each element of the table may be multiplied for each index, and the digits of an index are checked.
  work: {
    gates: (call, forms) =>
      elementwiseGates(call, forms) +
      productGates(elementsOf(call.result) * call.arguments[0]!.shape[0]!, call, forms),
    form: ({ arguments: [x] }, forms) => productsForm(x!.shape[0]!, forms),
  },
});

/** The elements of a column that an index of the interval can take. Throws `never-holds` where there are none. */
function within<T>(column: readonly T[], index: Interval): readonly T[] {
  const on =
    intersect(index, axisOf(column.length)) ??
    fail('never-holds', `take: no index is from 0 to ${column.length - 1}`);
  return column.slice(Number(on.low), Number(on.high) + 1);
}

/** Σ_j h_j x_j for every element of a row. */
function products(
  constraints: Constraints,
  x: readonly Expression[],
  digits: readonly (readonly Expression[])[],
  call: Call,
  { arguments: [known], result: elements }: Ranges,
): Expression[] {
  const { n, row } = sizesOf(call);
  const hot = digits.flatMap((own, taken) => {
    constraints.element(taken * row);
    return oneHot(constraints, own, n);
  });
  const pairs: Pairs = digits.flatMap((_, taken) =>
    Array.from({ length: row }, (_, r) => ({
      a: Array.from({ length: n }, (_, j) => j * row + r),
      b: Array.from({ length: n }, (_, j) => taken * n + j),
    })),
  );
  const each = (lanes: number): number | undefined => {
    const width = laneWidth(elements, lanes);
    return width === undefined ? undefined : linkedCost(width) + 2;
  };
  const b = hot.map(() => interval(0n, 1n));
  const choice = chooseLanes({ pairs, a: known!, b, each });
  if (choice)
    return lowerLanes(constraints, { pairs, lanes: choice.lanes, a: x, b: hot, elements });
  return pairs.map((own, position) => {
    constraints.element(position);
    return linear(own.a.map((at, j) => constraints.product(x[at]!, hot[own.b[j]!]!)));
  });
}
