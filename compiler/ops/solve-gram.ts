// solve-gram: x with x_i = v_i where a row is pinned, and (A (x − o))_i = 0 elsewhere, up to a residual, for the matrix
// A = λ I + GᵀG, which is never formed: (A d)_i = λ d_i + Σ_k G_ki w_k with w = G d. The `factor` form of Group OBS, where
// G holds scaled gradients, o the weights, and x the weights after: 2 r n products in place of n², and no eigenvalue of A is
// below λ, by construction.
//
// Declared a relation, not a function: every x whose residual lies in [−τ, τ) is accepted; it is at most √n · τ / λ away
// from the solution for the G that the circuit sees.
import { renderType } from '../ir/program.ts';
import { fail } from '../diagnostics/diagnostic.ts';
import { fractionOf, numeric, type FixedFormat } from '../ir/format.ts';
import type { TensorType } from '../ir/program.ts';
import {
  difference,
  hull,
  interval,
  magnitude,
  product,
  scaled,
  sum,
  type Interval,
} from '../numbers/interval.ts';
import { toReal } from '../numbers/rounding.ts';
import { linear, scale, subtract } from '../constraints/expression.ts';
import { productUp, realUp, sumUp } from '../numbers/upward.ts';
import { countArguments, declaredRange, formatReach, numericArgument } from './shared/arguments.ts';
import { defineOp, type Accuracy, type Call, type Ranges } from './op.ts';
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
  /** λ in units of GᵀG's last place, 2 f_G fractional bits; above 0. */
  readonly damping: bigint;
};

/** Rows of G, and unknowns. */
const sizes = ({ arguments: [factor] }: Call<Attributes>) => ({
  r: factor!.shape.at(-2)!,
  n: factor!.shape.at(-1)!,
});

const gramFraction = ({ arguments: [factor] }: Call<Attributes>): number =>
  2 * fractionOf(factor!.format);

const residualTolerance = (call: Call<Attributes>): number =>
  toReal(call.attributes.tolerance, gramFraction(call) + fractionOf(call.attributes.to));

const smallestEigenvalue = (call: Call<Attributes>): number =>
  toReal(call.attributes.damping, gramFraction(call));

/** The systems of a batch with their matrices written out. */
function systems<T>(
  args: readonly ArrayLike<T>[],
  call: Call<Attributes>,
  { zero, damping, addProduct }: Arithmetic<T>,
): PinnedSystem<T>[] {
  const { r, n } = sizes(call);
  const [factor, pinned, values, origin] = args.map((arg) => Array.from(arg));
  return Array.from({ length: pinned!.length / n }, (_, s) => {
    const entry = (i: number, j: number): T => {
      let sum = i === j ? damping : zero;
      for (let k = 0; k < r; k++) {
        const row = (s * r + k) * n;
        sum = addProduct(sum, factor![row + i]!, factor![row + j]!);
      }
      return sum;
    };
    const rows = Array.from({ length: n }, (_, i) => i);
    const matrix = rows.map((i) => rows.map((j) => entry(i, j)));
    const o = origin!.slice(s * n, (s + 1) * n);
    return {
      matrix,
      rhs: matrix.map((row) => row.reduce((sum, a, j) => addProduct(sum, a, o[j]!), zero)),
      pinned: pinned!.slice(s * n, (s + 1) * n),
      values: values!.slice(s * n, (s + 1) * n),
    };
  });
}

interface Arithmetic<T> {
  readonly zero: T;
  readonly damping: T;
  readonly addProduct: (sum: T, a: T, b: T) => T;
}

const integers = ({ attributes: { damping } }: Call<Attributes>): Arithmetic<bigint> => ({
  zero: 0n,
  damping,
  addProduct: (sum, a, b) => sum + a * b,
});

const reals = (call: Call<Attributes>): Arithmetic<number> => ({
  zero: 0,
  damping: smallestEigenvalue(call),
  addProduct: (sum, a, b) => sum + a * b,
});

const fixed = (args: readonly (readonly bigint[])[], call: Call<Attributes>): bigint[] =>
  solutionsOf(systems(args, call, integers(call)), gramFraction(call), call.attributes);

const hullOf = (entries: readonly Accuracy[]): Interval =>
  entries.map(({ interval }) => interval).reduce((a, b) => hull(a, b));

/** Entries of GᵀG off and on the diagonal of A, for any entries of G in `entries`. */
function gramEntries(entries: Interval, call: Call<Attributes>): { off: Interval; on: Interval } {
  const { r } = sizes(call);
  const largest = magnitude(entries);
  const times = BigInt(r);
  const off = scaled(product(entries, entries), times);
  const { damping } = call.attributes;
  return {
    off: hull(off, interval(0n, 0n)),
    on: interval(damping, damping + times * largest ** 2n),
  };
}

/** What `solutionDistance` asks of the matrix: the same bound for each of its entries. */
function distances(
  args: readonly (readonly Accuracy[])[],
  call: Call<Attributes>,
  tolerance: number,
) {
  const { n, r } = sizes(call);
  const [factor, pinned, values, origin] = args;
  const entries = hullOf(factor!);
  const { off, on } = gramEntries(entries, call);
  const worst = factor!.reduce((most, { error }) => Math.max(most, error), 0);
  const largest = realUp(magnitude(entries), fractionOf(call.arguments[0]!.format));
  // |Σ_k (G_ki G_kj − G'_ki G'_kj)| ≤ r (2 |G| e + e²)
  const error = productUp(r, sumUp(productUp(2, largest, worst), productUp(worst, worst)));
  const matrix = pinned!.flatMap((_, row) =>
    Array.from({ length: n }, (_, j) => ({ interval: row % n === j ? on : off, error })),
  );
  const zero: Accuracy = { interval: interval(0n, 0n), error: 0 };
  // The distance of x − o, whose pinned entries are v − o, and then that of o.
  const moved = origin!.reduce((most, { error }) => Math.max(most, error), 0);
  const held = values!.map((value) => ({ ...value, error: sumUp(value.error, moved) }));
  return solutionDistance([matrix, pinned!.map(() => zero), pinned!, held], {
    n,
    matrix: { shape: [], format: gramFormat(call) },
    reach: sumUp(formatReach(call.result.format), formatReach(call.arguments[3]!.format)),
    tolerance,
    smallestEigenvalue: smallestEigenvalue(call),
  }).map((distance) => sumUp(distance, moved));
}

/** Gives the integers of A their fractional bits. */
const gramFormat = (call: Call<Attributes>): FixedFormat => ({
  kind: 'fixed',
  signed: true,
  bits: 252,
  fraction: gramFraction(call),
});

export const solveGram = defineOp<Attributes>({
  name: 'solve-gram',
  attributes: { to: 'format', tolerance: 'integer', damping: 'integer' },
  asserts: true,

  type(args, { to, tolerance, damping }) {
    countArguments('solve-gram', args, 4);
    const target = checkDemand('solve-gram', { to, tolerance });
    const [factor, pinned, values, origin] = args as [
      TensorType,
      TensorType,
      TensorType,
      TensorType,
    ];
    numericArgument('solve-gram', factor);
    if (factor.shape.length < 2)
      fail(
        'shape-mismatch',
        `solve-gram expects factors [..., r, n], got ${renderType(factor)}`,
        'one row for each rank, one column for each unknown',
      );
    const expected = [...factor.shape.slice(0, -2), factor.shape.at(-1)!];
    checkPinned('solve-gram', { pinned, values }, expected, target);
    checkShapes('solve-gram', { origin }, expected);
    expectFraction('solve-gram', 'the origin', origin, target);
    if (damping < 1n)
      fail(
        'bad-bounds',
        `solve-gram: the damping ${damping} is below one unit of 2^−${2 * (numeric(factor.format)?.fraction ?? 0)}`,
        'give the factor more fractional bits, or raise the damping',
      );
    return { shape: expected, format: to };
  },

  real: (args, call) =>
    Float64Array.from(
      systems(args, call, reals(call)).flatMap((system) => solveSystemReal(system)),
    ),
  fixed,
  lenient: (args, call) =>
    lenientSolutions(systems(args, call, integers(call)), gramFraction(call), call.attributes),
  range: (_, { result }) => declaredRange(result),

  error: (args, call) => distances(args, call, residualTolerance(call)),

  // d = x − o;  w = G d;  r = λ d + Gᵀ w, checked as lowerSolution says
  lower(args, call, constraints, ranges) {
    const { r, n } = sizes(call);
    const [factor, pinned, values, origin] = args;
    const { damping } = call.attributes;
    const entry = (s: number, k: number, j: number) => factor![(s * r + k) * n + j]!;
    return lowerSolution(constraints, {
      ...call.attributes,
      op: 'solve-gram',
      count: pinned!.length,
      honest: (read) =>
        fixed(
          args.map((arg) => arg.map(read)),
          call,
        ),
      pinned: pinned!,
      values: values!,
      residual: (x) => {
        const moved = x.map((xi, i) => constraints.seal(subtract(xi, origin![i]!)));
        const images = Array.from({ length: pinned!.length / n }, (_, s) =>
          Array.from({ length: r }, (_, k) => {
            constraints.element(s * n + Math.min(k, n - 1));
            return constraints.seal(
              linear(
                moved
                  .slice(s * n, (s + 1) * n)
                  .map((xj, j) => constraints.product(entry(s, k, j), xj)),
              ),
            );
          }),
        );
        return (row) => {
          const [s, i] = [Math.floor(row / n), row % n];
          const products = images[s]!.map((w, k) => constraints.product(entry(s, k, i), w));
          return linear([scale(moved[row]!, damping), ...products]);
        };
      },
      known: (row) => residualRange(ranges, call, row),
    });
  },

  choice: {
    relation: (call) =>
      describeRelation(
        sizes(call).n,
        residualTolerance(call),
        smallestEigenvalue(call),
        `no eigenvalue of whose matrix is below ${smallestEigenvalue(call)}, by construction`,
      ),
    premises: () => [],
    admits: (value, args, call) =>
      admitSolutions(value, systems(args, call, integers(call)), call.attributes),
    // An honest prover rounds the solution of the system that he sees.
    honestError: (args, call) =>
      distances(args, call, 0).map((distance) =>
        sumUp(distance, 2 ** -fractionOf(call.result.format)),
      ),
  },

  precision: {
    completeness([factor], call) {
      const { n } = sizes(call);
      const { off, on } = gramEntries(hullOf(factor!), call);
      const row = magnitude(on) + BigInt(n - 1) * magnitude(off);
      const entry = magnitude(on);
      return roundingShortfall(
        { rows: [row], entry, fraction: gramFraction(call) },
        call.attributes,
      );
    },
  },

  // G d and Gᵀ w, and checks of x and of the residuals.
  work: {
    gates: (call, forms) =>
      productGates(2 * elementsOf(call.arguments[0]!), call, forms) +
      elementsOf(call.result) * (16 + 4 * checkGates(call.result.format)),
    form: ({ result }) => limbForm(result),
  },
});

/** What a residual can be before it is checked, for row `row` of the batch. */
function residualRange(ranges: Ranges, call: Call<Attributes>, row: number): Interval {
  const { r, n } = sizes(call);
  const [factor, , , origin] = ranges.arguments;
  const [s, i] = [Math.floor(row / n), row % n];
  const own = ranges.result
    .slice(s * n, (s + 1) * n)
    .map((x, j) => difference(x, origin![s * n + j]!));
  return Array.from({ length: r }, (_, k) => (s * r + k) * n)
    .map((first) => {
      const image = own.map((x, j) => product(factor![first + j]!, x)).reduce(sum);
      return product(factor![first + i]!, image);
    })
    .reduce(sum, scaled(own[i]!, call.attributes.damping));
}
