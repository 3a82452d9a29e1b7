// What the ops share whose value is an advice solution of a linear system with some entries pinned (`solve`,
// `solve-gram`): which solutions are accepted, and the constraints that say so.
import type { Compute, Constraints } from '../../constraints/constraints.ts';
import { offset, linear, subtract, type Expression } from '../../constraints/expression.ts';
import { fail } from '../../diagnostics/diagnostic.ts';
import {
  checkFormat,
  formatInterval,
  fractionOf,
  numeric,
  renderFormat,
  type Format,
} from '../../ir/format.ts';
import { renderType, type TensorType } from '../../ir/program.ts';
import { renderShape, sameShape, type Shape } from '../../ir/shape.ts';
import { modulus } from '../../numbers/field.ts';
import {
  clamp,
  contains,
  hull,
  interval,
  magnitude,
  renderInterval,
  type Interval,
} from '../../numbers/interval.ts';
import { safeTolerance } from '../../numbers/linear-system.ts';
import { toReal } from '../../numbers/rounding.ts';
import { Violation, type Condition, type Lenient, type Shortfall } from '../op.ts';
import { numericArgument } from './arguments.ts';
import { solveSystem, type PinnedSystem } from './pinned-system.ts';
import { assertInterval, spanBits } from './within.ts';

/** What is demanded of a solution. */
export type Demand = {
  /** The format of the solution. */
  readonly to: Format;
  /** τ > 0, in units of the residual's last place. */
  readonly tolerance: bigint;
};

/** Throws unless the solution is a number and the tolerance at least one unit. Returns the solution's fractional bits. */
export function checkDemand(op: string, { to, tolerance }: Demand): number {
  checkFormat(to);
  const target =
    numeric(to) ??
    fail('format-mismatch', `${op}: the solution is a number`, 'a format of q(…) or u(…)');
  if (tolerance < 1n)
    fail(
      'bad-bounds',
      `${op}: the tolerance ${tolerance} is below one unit of the residual`,
      'raise the tolerance',
    );
  return target.fraction;
}

/** Throws unless the mask and the values of the pinned rows have the shape and formats of the solution. */
export function checkPinned(
  op: string,
  { pinned, values }: { readonly pinned: TensorType; readonly values: TensorType },
  expected: Shape,
  fraction: number,
): void {
  checkShapes(op, { pinned, values }, expected);
  if (pinned.format.kind !== 'bit')
    fail(
      'format-mismatch',
      `${op} expects a mask of bits for the pinned rows, got ${renderType(pinned)}`,
      'declare it as bit',
    );
  expectFraction(op, 'the pinned values', values, fraction);
}

export function checkShapes(
  op: string,
  tensors: Readonly<Record<string, TensorType>>,
  expected: Shape,
): void {
  for (const [name, type] of Object.entries(tensors))
    if (!sameShape(type.shape, expected))
      fail(
        'shape-mismatch',
        `${op} expects ${name} of shape ${renderShape(expected)}, got ${renderType(type)}`,
        'one row for each row of the matrix',
      );
}

export function expectFraction(op: string, what: string, type: TensorType, fraction: number): void {
  if (numericArgument(op, type).fraction !== fraction)
    fail(
      'format-mismatch',
      `${op} expects ${what} with ${fraction} fractional bits, got ${renderType(type)}`,
      'align it (exact)',
    );
}

/** The honest solutions of all systems, one after the other. Throws a Violation where there is none. */
export function solutionsOf(
  systems: readonly PinnedSystem<bigint>[],
  fraction: number,
  demand: Demand,
): bigint[] {
  let first = 0;
  return systems.flatMap((system) => {
    const x = solveSystem(system, fraction);
    if (!x) throw new Violation('the system is singular', first);
    admitSolution(x, system, first, demand);
    first += x.length;
    return x;
  });
}

/** As `solutionsOf`, without a Violation: a solution that does not fit is the condition of its element, else the residual. */
export function lenientSolutions(
  systems: readonly PinnedSystem<bigint>[],
  fraction: number,
  { to, tolerance }: Demand,
): Lenient {
  const format = formatInterval(to);
  const accepted = interval(-tolerance, tolerance - 1n);
  const solved = systems.map((system) => {
    const x = solveSystem(system, fraction);
    const value = (x ?? system.values).map((each) => clamp(each, format));
    const fits = x?.every((each, i) => each === value[i]);
    const conditions = system.pinned.map((pinned, i): Condition => {
      if (!x) return { value: format.high + 1n, bounds: format };
      if (!fits || pinned === 1n) return { value: x[i]!, bounds: format };
      return { value: residualOf(system, x, i), bounds: accepted };
    });
    return { conditions, value };
  });
  return {
    conditions: solved.flatMap(({ conditions }) => conditions),
    value: solved.flatMap(({ value }) => value),
  };
}

/** (A x − b)_i. */
const residualOf = (
  { matrix, rhs }: PinnedSystem<bigint>,
  x: readonly bigint[],
  i: number,
): bigint => matrix[i]!.reduce((r, a, j) => r + a * x[j]!, -rhs[i]!);

/** Throws a Violation unless every system's part of `value` is a solution that is accepted. */
export function admitSolutions(
  value: readonly bigint[],
  systems: readonly PinnedSystem<bigint>[],
  demand: Demand,
): void {
  let first = 0;
  for (const system of systems) {
    const n = system.pinned.length;
    admitSolution(value.slice(first, first + n), system, first, demand);
    first += n;
  }
}

/** Throws a Violation unless x fits its format, with exact pinned entries and residuals in [−τ, τ). */
function admitSolution(
  x: readonly bigint[],
  system: PinnedSystem<bigint>,
  first: number,
  { tolerance, to }: Demand,
): void {
  const bounds = formatInterval(to);
  x.forEach((value, i) => {
    if (!contains(bounds, interval(value, value)))
      throw new Violation(
        `the solution ${toReal(value, fractionOf(to))} does not fit ${renderFormat(to)}`,
        first + i,
        'widen the format of the solution',
      );
  });
  system.pinned.forEach((pinned, i) => {
    if (pinned === 1n) {
      if (x[i] === system.values[i]) return;
      throw new Violation(`${x[i]} is not the pinned ${system.values[i]}`, first + i);
    }
    const residual = residualOf(system, x, i);
    if (residual < -tolerance || residual >= tolerance)
      throw new Violation(
        `the residual ${residual} is not in [${-tolerance}, ${tolerance}): rounding the solution to ${renderFormat(to)} is too coarse`,
        first + i,
        'raise the tolerance, or give the solution more fractional bits',
      );
  });
}

/**
 * What rounding alone can do to an honest prover. A solution within one unit of the exact one leaves residuals of at
 * most Σ_j |A_ij| units. `rows` are bounds on these sums, `entry` on the entries, in units of `fraction` bits.
 */
export function roundingShortfall(
  { rows, entry, fraction }: { rows: readonly bigint[]; entry: bigint; fraction: number },
  { to, tolerance }: Demand,
): Shortfall | undefined {
  const safe = safeTolerance(rows.reduce((largest, row) => (row > largest ? row : largest)));
  if (tolerance >= safe) return undefined;
  const unit = fraction + fractionOf(to);
  return {
    message: `with entries of the matrix up to ${toReal(entry, fraction)}, rounding the solution to ${renderFormat(to)} alone can leave a residual past the tolerance ${toReal(tolerance, unit)}`,
    hint: `${toReal(safe, unit)} is safe for the whole range; or narrow the matrix's format, or give the solution more fractional bits`,
  };
}

/** What the circuit accepts, for people. `guarantee` says why no eigenvalue is below the smallest. */
export function describeRelation(
  n: number,
  residual: number,
  smallestEigenvalue: number,
  guarantee: string,
): string {
  const distance = `√${n} · ${residual} / ${smallestEigenvalue}`;
  return `residuals in [${-residual}, ${residual}): at most ${distance} from the solution of the system, ${guarantee}`;
}

type Lowered = Demand & {
  /** For messages. */
  readonly op: string;
  readonly count: number;
  readonly honest: Compute;
  readonly pinned: readonly Expression[];
  readonly values: readonly Expression[];
  /** The residual A x − b of a row. */
  readonly residual: (x: readonly Expression[]) => (row: number) => Expression;
  /** What a residual can be before it is checked, by row. */
  readonly known: (row: number) => Interval;
};

// low ≤ x ≤ high;  p_i (x_i − v_i) = 0;  −τ ≤ (1 − p_i) ((A x)_i − b_i) < τ
export function lowerSolution(constraints: Constraints, lowered: Lowered): Expression[] {
  const { count, honest, pinned, values, residual, known } = lowered;
  const { low, high } = formatInterval(lowered.to);
  const tolerance = interval(-lowered.tolerance, lowered.tolerance - 1n);
  const solution = constraints
    .ranged(count, spanBits({ low, high }), (read) => honest(read).map((value) => value - low))
    .map((value) => constraints.seal(offset(value, low)));
  const zero = linear([]);
  const residualOf = residual(solution);
  solution.forEach((x, i) => {
    constraints.element(i);
    constraints.assertProduct(pinned[i]!, subtract(x, values[i]!), zero);
    const whole = constraints.seal(residualOf(i));
    const checked = subtract(whole, constraints.product(pinned[i]!, whole));
    assertInterval(constraints, checked, tolerance, admitted(lowered.op, known(i)));
  });
  return solution;
}

/** With 0, which a pinned row is checked as. Throws `too-wide`. */
function admitted(op: string, range: Interval): Interval {
  if (magnitude(range) >= modulus >> 2n)
    fail(
      'too-wide',
      `${op}: the residual reaches ${renderInterval(range)}, past the field`,
      'narrow the matrix or the solution',
    );
  return hull(range, interval(0n, 0n));
}
