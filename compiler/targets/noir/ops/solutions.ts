// What the prover chooses among the solutions of a linear system: an argument of main here, and its checks.
import { formatInterval } from '../../../ir/format.ts';
import {
  difference,
  hull,
  interval,
  magnitude,
  product,
  scaled,
  sum,
  type Interval,
} from '../../../numbers/interval.ts';
import { requireReach } from '../field.ts';
import {
  assertFormat,
  assertInterval,
  axesOf,
  indexOf,
  noirOp,
  type NoirLine,
  type Value,
} from '../line.ts';
import { element, literal, loops } from '../text.ts';

type Attributes = { tolerance: bigint };

interface Residual {
  readonly pinned: Value;
  readonly values: Value;
  /** What a residual can be before it is checked. */
  readonly known: Interval;
  /** Statements that leave the residual of the row at `index` in the variable `name`. */
  readonly compute: (name: string, index: readonly string[]) => readonly string[];
}

/** low ≤ x ≤ high;  p_i (x_i − v_i) = 0;  −τ ≤ (1 − p_i) r_i < τ. */
function checkedSolution(
  line: NoirLine<Attributes>,
  { pinned, values, known, compute }: Residual,
): string[] {
  const solution = line.result;
  const { tolerance } = line.attributes;
  requireReach(line.op, magnitude(solution.range) + magnitude(values.range));
  const axes = axesOf(line, solution.type);
  const index = indexOf(axes);
  const residual = line.free('residual');
  const bounds = interval(-tolerance, tolerance - 1n);
  const checks = assertInterval(line.op, residual, bounds, hull(known, interval(0n, 0n)));
  return loops(axes, [
    assertFormat(element(solution.name, index), formatInterval(solution.type.format)),
    `assert(${element(pinned.name, index)} * (${element(solution.name, index)} - ${element(values.name, index)}) == 0, "${line.op}: a pinned row is not exact");`,
    ...(checks.length === 0
      ? []
      : [
          ...compute(residual, index),
          `${residual} = (1 - ${element(pinned.name, index)}) * ${residual};`,
          ...checks,
        ]),
  ]);
}

/** r = A x − b. */
export const solve = noirOp<Attributes>((line) => {
  const [matrix, rhs, pinned, values] = line.arguments;
  const solution = line.result;
  const n = solution.type.shape.at(-1)!;
  const terms = scaled(product(matrix!.range, solution.range), BigInt(n));
  const column = line.free('column');
  return checkedSolution(line, {
    pinned: pinned!,
    values: values!,
    known: difference(terms, rhs!.range),
    compute: (residual, index) => {
      const x = element(solution.name, [...index.slice(0, -1), column]);
      const term = `${element(matrix!.name, [...index, column])} * ${x}`;
      return [
        `let mut ${residual}: Field = -${element(rhs!.name, index)};`,
        ...loops([{ name: column, length: n }], [`${residual} += ${term};`]),
      ];
    },
  });
});

/** r = λ (x − o) + Gᵀ G (x − o). */
export const solveGram = noirOp<Attributes & { damping: bigint }>((line) => {
  const [factor, pinned, values, origin] = line.arguments;
  const solution = line.result;
  const { damping } = line.attributes;
  const moved = difference(solution.range, origin!.range);
  const [r, n] = factor!.type.shape.slice(-2) as [number, number];
  const image = scaled(product(factor!.range, moved), BigInt(n));
  const [rank, column, sumName] = [line.free('rank'), line.free('column'), line.free('image')];
  return checkedSolution(line, {
    pinned: pinned!,
    values: values!,
    known: sum(scaled(moved, damping), scaled(product(factor!.range, image), BigInt(r))),
    compute: (residual, index) => {
      const outer = index.slice(0, -1);
      const entry = (at: string): string => element(factor!.name, [...outer, rank, at]);
      const x = (at: readonly string[]): string =>
        `(${element(solution.name, at)} - ${element(origin!.name, at)})`;
      return [
        `let mut ${residual}: Field = ${literal(damping)} * ${x(index)};`,
        ...loops(
          [{ name: rank, length: r }],
          [
            `let mut ${sumName}: Field = 0;`,
            ...loops(
              [{ name: column, length: n }],
              [`${sumName} += ${entry(column)} * ${x([...outer, column])};`],
            ),
            `${residual} += ${entry(index.at(-1)!)} * ${sumName};`,
          ],
        ),
      ];
    },
  });
});
