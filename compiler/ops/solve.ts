// solve: x with x_i = v_i where a row is pinned, and (A x)_i = b_i elsewhere, up to a residual: an advice
// solution of a linear system with Dirichlet rows. With A = C', b = 0 and −θ pinned on the mask it is the KKT
// system of Group OBS (ZK-APEX eq. 20 without its multiplier); with A = K pinned to 0 off the mask, the inverse form.
//
// Declared a relation, not a function: every x whose residual lies in [−τ, τ) is accepted. If the matrix that the
// circuit sees is symmetric and has no eigenvalue below λ (its principal parts inherit it), such an x is at most
// √n · τ / λ away from the solution.
import { renderType } from '../ir/program.ts';
import { fail } from '../diagnostics/diagnostic.ts';
import {
  checkFormat,
  formatInterval,
  fractionOf,
  numeric,
  renderFormat,
  type Format,
} from '../ir/format.ts';
import type { TensorType } from '../ir/program.ts';
import { renderShape, sameShape } from '../ir/shape.ts';
import {
  contains,
  difference,
  hull,
  interval,
  magnitude,
  product,
  renderInterval,
  sum,
  type Interval,
} from '../numbers/interval.ts';
import { modulus } from '../numbers/field.ts';
import { safeTolerance } from '../numbers/linear-system.ts';
import { toReal } from '../numbers/rounding.ts';
import { linear, offset, subtract } from '../constraints/expression.ts';
import { sumUp } from '../numbers/upward.ts';
import { countArguments, declaredRange, numericArgument } from './shared/arguments.ts';
import { defineOp, Violation, type Call, type Ranges } from './op.ts';
import { solutionDistance } from './shared/solution-distance.ts';
import { solveSystem, solveSystemReal, type PinnedSystem } from './shared/pinned-system.ts';
import { assertInterval, spanBits } from './shared/within.ts';

type Attributes = {
  /** The format of the solution. */
  readonly to: Format;
  /** τ > 0, in units of the residual's last place: f_A + f_x fractional bits. */
  readonly tolerance: bigint;
  /** λ, declared: a lower bound on the eigenvalues of the matrix, which is symmetric. Conditions the error bound alone. */
  readonly smallestEigenvalue: number;
};

/** The systems of a batch: [..., n, n] with [..., n]. */
function systems<T>(args: readonly ArrayLike<T>[], call: Call<Attributes>): PinnedSystem<T>[] {
  const n = call.result.shape.at(-1)!;
  const [matrix, rhs, pinned, values] = args.map((arg) => Array.from(arg));
  return Array.from({ length: rhs!.length / n }, (_, s) => ({
    matrix: Array.from({ length: n }, (_, i) =>
      matrix!.slice((s * n + i) * n, (s * n + i + 1) * n),
    ),
    rhs: rhs!.slice(s * n, (s + 1) * n),
    pinned: pinned!.slice(s * n, (s + 1) * n),
    values: values!.slice(s * n, (s + 1) * n),
  }));
}

const residualFraction = ({ attributes, arguments: [a] }: Call<Attributes>): number =>
  fractionOf(a!.format) + fractionOf(attributes.to);

const conditions = ({ attributes, arguments: [matrix], result }: Call<Attributes>) => ({
  n: result.shape.at(-1)!,
  matrix: matrix!,
  solution: result.format,
  smallestEigenvalue: attributes.smallestEigenvalue,
});

function fixed(args: readonly (readonly bigint[])[], call: Call<Attributes>): bigint[] {
  const n = call.result.shape.at(-1)!;
  return systems(args, call).flatMap((system, s) => {
    const x = solveSystem(system, fractionOf(call.arguments[0]!.format));
    if (!x) throw new Violation('the system is singular', s * n);
    admitsSolution(x, system, s * n, call);
    return x;
  });
}

/** Throws a Violation unless x fits its format, with exact pinned entries and residuals in [−τ, τ). */
function admitsSolution(
  x: readonly bigint[],
  system: PinnedSystem<bigint>,
  first: number,
  call: Call<Attributes>,
): void {
  const { tolerance, to } = call.attributes;
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
    const residual = system.matrix[i]!.reduce((r, a, j) => r + a * x[j]!, -system.rhs[i]!);
    if (residual < -tolerance || residual >= tolerance)
      throw new Violation(
        `the residual ${residual} is not in [${-tolerance}, ${tolerance}): rounding the solution to ${renderFormat(to)} is too coarse`,
        first + i,
        'raise the tolerance, or give the solution more fractional bits',
      );
  });
}

export const solve = defineOp<Attributes>({
  name: 'solve',
  attributes: { to: 'format', tolerance: 'integer', smallestEigenvalue: 'number' },
  chosen: true,
  asserts: true,

  type(args, { to, tolerance, smallestEigenvalue }) {
    countArguments('solve', args, 4);
    checkFormat(to);
    const [matrix, rhs, pinned, values] = args as [TensorType, TensorType, TensorType, TensorType];
    const { fraction } = numericArgument('solve', matrix);
    const target =
      numeric(to) ??
      fail('format-mismatch', 'solve: the solution is a number', 'a format of q(…) or u(…)');
    const n = matrix.shape.at(-1)!;
    const expected = [...matrix.shape.slice(0, -2), n];
    if (matrix.shape.length < 2 || matrix.shape.at(-2) !== n)
      fail(
        'shape-mismatch',
        `solve expects square matrices [..., n, n], got ${renderType(matrix)}`,
        'the last two axes have one length',
      );
    for (const [name, type] of Object.entries({ rhs, pinned, values }))
      if (!sameShape(type.shape, expected))
        fail(
          'shape-mismatch',
          `solve expects ${name} of shape ${renderShape(expected)}, got ${renderType(type)}`,
          'one row for each row of the matrix',
        );
    if (pinned.format.kind !== 'bit')
      fail(
        'format-mismatch',
        `solve expects a mask of bits for the pinned rows, got ${renderType(pinned)}`,
        'declare it as bit',
      );
    expectFraction('the right-hand side', rhs, fraction + target.fraction);
    expectFraction('the pinned values', values, target.fraction);
    if (tolerance < 1n)
      fail(
        'bad-bounds',
        `solve: the tolerance ${tolerance} is below one unit of the residual`,
        'raise the tolerance',
      );
    if (!(smallestEigenvalue > 0 && Number.isFinite(smallestEigenvalue)))
      fail(
        'bad-bounds',
        `solve: the smallest eigenvalue ${smallestEigenvalue} is not a positive number`,
        'declare a lower bound that the construction guarantees',
      );
    return { shape: expected, format: to };
  },

  real: (args, call) =>
    Float64Array.from(systems(args, call).flatMap((system) => solveSystemReal(system))),
  fixed,
  admits(value, args, call) {
    const n = call.result.shape.at(-1)!;
    systems(args, call).forEach((system, s) =>
      admitsSolution(value.slice(s * n, (s + 1) * n), system, s * n, call),
    );
  },
  range: (_, { result }) => declaredRange(result),

  error: (args, call) =>
    solutionDistance(args, {
      ...conditions(call),
      tolerance: toReal(call.attributes.tolerance, residualFraction(call)),
    }),

  // An honest prover rounds the solution of the system that he sees.
  honestError: (args, call) =>
    solutionDistance(args, { ...conditions(call), tolerance: 0 }).map((distance) =>
      sumUp(distance, 2 ** -fractionOf(call.result.format)),
    ),

  // A solution within one unit of the exact one leaves residuals of at most Σ_j |A_ij| units.
  completeness([matrix], call) {
    const { tolerance } = call.attributes;
    const n = call.result.shape.at(-1)!;
    const sizes = matrix!.map(({ interval }) => magnitude(interval));
    const rows = Array.from({ length: sizes.length / n }, (_, row) =>
      sizes.slice(row * n, (row + 1) * n).reduce((sum, size) => sum + size),
    );
    const safe = safeTolerance(hull(...rows.map((row) => interval(row, row))).high);
    if (tolerance >= safe) return undefined;
    const unit = residualFraction(call);
    const largest = hull(...sizes.map((size) => interval(size, size))).high;
    return {
      message: `with entries of the matrix up to ${toReal(largest, fractionOf(call.arguments[0]!.format))}, rounding the solution to ${renderFormat(call.attributes.to)} alone can leave a residual past the tolerance ${toReal(tolerance, unit)}`,
      hint: `${toReal(safe, unit)} is safe for the whole range; or narrow the matrix's format, or give the solution more fractional bits`,
    };
  },

  relation(call) {
    const { tolerance, smallestEigenvalue } = call.attributes;
    const residual = toReal(tolerance, residualFraction(call));
    const distance = `√${call.result.shape.at(-1)!} · ${residual} / ${smallestEigenvalue}`;
    return `residuals in [${-residual}, ${residual}): at most ${distance} from the solution of the system, if no eigenvalue of its matrix is below ${smallestEigenvalue}, as declared`;
  },

  // low ≤ x ≤ high;  p_i (x_i − v_i) = 0;  −τ ≤ (1 − p_i) ((A x)_i − b_i) < τ
  lower(args, call, constraints, ranges) {
    const { low, high } = formatInterval(call.attributes.to);
    const tolerance = interval(-call.attributes.tolerance, call.attributes.tolerance - 1n);
    const n = call.result.shape.at(-1)!;
    const solution = constraints
      .ranged(args[1]!.length, spanBits({ low, high }), (read) =>
        fixed(
          args.map((arg) => arg.map(read)),
          call,
        ).map((value) => value - low),
      )
      .map((value) => constraints.seal(offset(value, low)));
    systems(args, call).forEach(({ matrix, rhs, pinned, values }, s) => {
      const x = solution.slice(s * n, (s + 1) * n);
      matrix.forEach((coefficients, i) => {
        constraints.element(s * n + i);
        const zero = linear([]);
        constraints.assertProduct(pinned[i]!, subtract(x[i]!, values[i]!), zero);
        const products = coefficients.map((a, j) => constraints.product(a, x[j]!));
        const residual = constraints.seal(subtract(linear(products), rhs[i]!));
        const checked = subtract(residual, constraints.product(pinned[i]!, residual));
        assertInterval(constraints, checked, tolerance, residualRange(ranges, n, s * n + i));
      });
    });
    return solution;
  },
});

/** What a residual can be before it is checked, 0 included, for row `row` of the batch. Throws `too-wide`. */
function residualRange(ranges: Ranges, n: number, row: number): Interval {
  const [matrix, rhs] = ranges.arguments;
  const first = Math.floor(row / n) * n;
  const terms = Array.from({ length: n }, (_, j) =>
    product(matrix![row * n + j]!, ranges.result[first + j]!),
  );
  const range = difference(terms.reduce(sum), rhs![row]!);
  if (magnitude(range) >= modulus >> 2n)
    fail(
      'too-wide',
      `solve: the residual reaches ${renderInterval(range)}, past the field`,
      'narrow the matrix or the solution',
    );
  return hull(range, interval(0n, 0n));
}

function expectFraction(what: string, type: TensorType, fraction: number): void {
  if (numericArgument('solve', type).fraction !== fraction)
    fail(
      'format-mismatch',
      `solve expects ${what} with ${fraction} fractional bits, got ${renderType(type)}`,
      'align it (exact)',
    );
}
