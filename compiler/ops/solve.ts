// solve: x with x_i = v_i where a row is pinned, and (A x)_i = b_i elsewhere, up to a residual: an advice
// solution of a linear system with Dirichlet rows. With A = C', b = 0 and −θ pinned on the mask it is the KKT
// system of Group OBS (ZK-APEX eq. 20 without its multiplier); with A = K pinned to 0 off the mask, the inverse form.
//
// Declared a relation, not a function: every x whose residual lies in [−τ, τ) is accepted. If the matrix that the
// circuit sees is symmetric and has no eigenvalue below λ (its principal parts inherit it), such an x is at most
// √n · τ / λ away from the solution.
import { renderType } from '../ir/program.ts';
import { fail } from '../diagnostics/diagnostic.ts';
import { fractionOf } from '../ir/format.ts';
import type { TensorType } from '../ir/program.ts';
import { difference, magnitude, product, sum, type Interval } from '../numbers/interval.ts';
import { toReal } from '../numbers/rounding.ts';
import { linear, subtract } from '../constraints/expression.ts';
import { sumUp } from '../numbers/upward.ts';
import { countArguments, declaredRange, formatReach, numericArgument } from './shared/arguments.ts';
import { defineOp, type Call, type Ranges } from './op.ts';
import {
  admitSolutions,
  checkDemand,
  checkPinned,
  checkShapes,
  describeRelation,
  expectFraction,
  lowerSolution,
  roundingShortfall,
  lenientSolutions,
  solutionsOf,
  type Demand,
} from './shared/pinned-solution.ts';
import { solveSystemReal, type PinnedSystem } from './shared/pinned-system.ts';
import { solutionDistance } from './shared/solution-distance.ts';
import { checkGates, elementsOf, limbForm, productGates } from './shared/work.ts';

type Attributes = Demand & {
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

const matrixFraction = ({ arguments: [matrix] }: Call<Attributes>): number =>
  fractionOf(matrix!.format);

const residualTolerance = (call: Call<Attributes>): number =>
  toReal(call.attributes.tolerance, matrixFraction(call) + fractionOf(call.attributes.to));

const conditions = ({ attributes, arguments: [matrix], result }: Call<Attributes>) => ({
  n: result.shape.at(-1)!,
  matrix: matrix!,
  reach: formatReach(result.format),
  smallestEigenvalue: attributes.smallestEigenvalue,
});

const fixed = (args: readonly (readonly bigint[])[], call: Call<Attributes>): bigint[] =>
  solutionsOf(systems(args, call), matrixFraction(call), call.attributes);

export const solve = defineOp<Attributes>({
  name: 'solve',
  attributes: { to: 'format', tolerance: 'integer', smallestEigenvalue: 'number' },
  asserts: true,

  type(args, { to, tolerance, smallestEigenvalue }) {
    countArguments('solve', args, 4);
    const target = checkDemand('solve', { to, tolerance });
    const [matrix, rhs, pinned, values] = args as [TensorType, TensorType, TensorType, TensorType];
    const { fraction } = numericArgument('solve', matrix);
    const n = matrix.shape.at(-1)!;
    const expected = [...matrix.shape.slice(0, -2), n];
    if (matrix.shape.length < 2 || matrix.shape.at(-2) !== n)
      fail(
        'shape-mismatch',
        `solve expects square matrices [..., n, n], got ${renderType(matrix)}`,
        'the last two axes have one length',
      );
    checkShapes('solve', { rhs }, expected);
    checkPinned('solve', { pinned, values }, expected, target);
    expectFraction('solve', 'the right-hand side', rhs, fraction + target);
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
  lenient: (args, call) =>
    lenientSolutions(systems(args, call), matrixFraction(call), call.attributes),
  range: (_, { result }) => declaredRange(result),

  error: (args, call) =>
    solutionDistance(args, { ...conditions(call), tolerance: residualTolerance(call) }),

  // r = A x − b, checked as lowerSolution says
  lower(args, call, constraints, ranges) {
    const n = call.result.shape.at(-1)!;
    const [matrix, rhs, pinned, values] = args;
    return lowerSolution(constraints, {
      ...call.attributes,
      op: 'solve',
      count: rhs!.length,
      honest: (read) =>
        fixed(
          args.map((arg) => arg.map(read)),
          call,
        ),
      pinned: pinned!,
      values: values!,
      residual: (x) => (row) => {
        const first = Math.floor(row / n) * n;
        const products = matrix!
          .slice(row * n, (row + 1) * n)
          .map((a, j) => constraints.product(a, x[first + j]!));
        return subtract(linear(products), rhs![row]!);
      },
      known: (row) => residualRange(ranges, n, row),
    });
  },

  choice: {
    relation(call) {
      const { smallestEigenvalue } = call.attributes;
      const guarantee = `if its matrix is symmetric and has no eigenvalue below ${smallestEigenvalue}`;
      const n = call.result.shape.at(-1)!;
      return describeRelation(n, residualTolerance(call), smallestEigenvalue, guarantee);
    },
    premises: ({ attributes: { smallestEigenvalue } }) => [
      { kind: 'symmetric', argument: 0 },
      { kind: 'eigenvalues', argument: 0, least: smallestEigenvalue },
    ],
    admits: (value, args, call) => admitSolutions(value, systems(args, call), call.attributes),
    // An honest prover rounds the solution of the system that he sees.
    honestError: (args, call) =>
      solutionDistance(args, { ...conditions(call), tolerance: 0 }).map((distance) =>
        sumUp(distance, 2 ** -fractionOf(call.result.format)),
      ),
  },

  precision: {
    completeness([matrix], call) {
      const n = call.result.shape.at(-1)!;
      const sizes = matrix!.map(({ interval }) => magnitude(interval));
      const rows = Array.from({ length: sizes.length / n }, (_, row) =>
        sizes.slice(row * n, (row + 1) * n).reduce((sum, size) => sum + size),
      );
      const entry = sizes.reduce((largest, size) => (size > largest ? size : largest));
      return roundingShortfall({ rows, entry, fraction: matrixFraction(call) }, call.attributes);
    },
  },

  // A x, and checks of x and of the residuals.
  work: {
    gates: (call, forms) =>
      productGates(elementsOf(call.arguments[0]!), call, forms) +
      elementsOf(call.result) * (16 + 4 * checkGates(call.result.format)),
    form: ({ result }) => limbForm(result),
  },
});

/** What a residual can be before it is checked, for row `row` of the batch. */
function residualRange(ranges: Ranges, n: number, row: number): Interval {
  const [matrix, rhs] = ranges.arguments;
  const first = Math.floor(row / n) * n;
  const terms = Array.from({ length: n }, (_, j) =>
    product(matrix![row * n + j]!, ranges.result[first + j]!),
  );
  return difference(terms.reduce(sum), rhs![row]!);
}
