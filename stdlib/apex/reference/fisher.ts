// The damped empirical Fisher of one block, from n per-example gradients g of the true-label loss:
//   C = λ I + (1/n) Σ g gᵀ,   and normalised   C' = C/λ = I + (1/(nλ)) Σ g gᵀ.
import { blockEntries } from './blocks.ts';
import type { Block } from './blocks.ts';
import { checkDamping, checkFinite, checkLength } from './checks.ts';
import { OperatorError } from './errors.ts';
import { buildMatrix } from './matrix.ts';
import type { Matrix } from './matrix.ts';
import type { Numbers } from './named-tensors.ts';

/** n gradients of equal length d: row e is the gradient of the loss on example e. */
export type GradientRows = readonly Numbers[];

/** Per-example gradients of several tensors, each [n, number of weights] flattened row-major. */
export type ExampleGradients = ReadonlyMap<string, GradientRows>;

/**
 * Checks that there is at least one row, that all have one length, and that all entries are finite.
 * @throws OperatorError `bad-length` or `bad-value`.
 */
export function checkGradients(gradients: GradientRows, place = 'gradients'): void {
  const [first] = gradients;
  if (first === undefined) {
    throw new OperatorError({
      code: 'bad-length',
      place,
      problem: 'has 0 examples',
      hint: 'give the gradient of at least one example: the Fisher is a mean over examples',
    });
  }
  gradients.forEach((row, example) => {
    checkLength(row, first.length, `${place}[${example}]`);
    checkFinite(row, `${place}[${example}]`);
  });
}

/** The rows restricted to one block, [n, length]. */
export function blockGradients(gradients: GradientRows, block: Block): Float64Array[] {
  return gradients.map((row) => blockEntries(row, block));
}

/**
 * C = λI + (1/n) Σ g gᵀ, d × d, symmetric, λ_min ≥ λ.
 * @throws OperatorError `out-of-range` for λ ≤ 0, or as {@link checkGradients}.
 */
export function fisherBlock(input: {
  readonly gradients: GradientRows;
  readonly damping: number;
}): Matrix {
  checkDamping(input.damping);
  return shiftedMoment(input.gradients, { shift: input.damping, scale: 1 });
}

/**
 * C' = C/λ = I + (1/(nλ)) Σ g gᵀ, d × d, symmetric, λ_min ≥ 1: the curvature that circuits see.
 * @throws OperatorError as {@link fisherBlock}.
 */
export function normalisedFisherBlock(input: {
  readonly gradients: GradientRows;
  readonly damping: number;
}): Matrix {
  checkDamping(input.damping);
  return shiftedMoment(input.gradients, { shift: 1, scale: 1 / input.damping });
}

/**
 * The damped diagonal: c_i = damping + (1/n) Σ g_i², d entries, for the mask scores (eq. 15).
 * @throws OperatorError `out-of-range` for damping ≤ 0, or as {@link checkGradients}.
 */
export function diagonalFisher(input: {
  readonly gradients: GradientRows;
  readonly damping: number;
}): Float64Array {
  const { gradients, damping } = input;
  checkDamping(damping);
  checkGradients(gradients);
  return Float64Array.from(gradients[0]!, (_, i) => {
    const squares = gradients.reduce((sum, row) => sum + row[i]! ** 2, 0);
    return damping + squares / gradients.length;
  });
}

/** g = (1/n) Σ g, d entries (eq. 15). @throws OperatorError as {@link checkGradients}. */
export function meanGradient(gradients: GradientRows): Float64Array {
  checkGradients(gradients);
  return Float64Array.from(
    gradients[0]!,
    (_, i) => gradients.reduce((sum, row) => sum + row[i]!, 0) / gradients.length,
  );
}

/** shift · I + (scale/n) Σ g gᵀ. */
function shiftedMoment(
  gradients: GradientRows,
  { shift, scale }: { readonly shift: number; readonly scale: number },
): Matrix {
  checkGradients(gradients);
  const size = gradients[0]!.length;
  const moment = buildMatrix({
    rows: size,
    columns: size,
    value: (i, j) => {
      let sum = 0;
      for (const row of gradients) sum += row[i]! * row[j]!;
      return (i === j ? shift : 0) + (scale * sum) / gradients.length;
    },
  });
  if (!moment.entries.every(Number.isFinite)) {
    throw new OperatorError({
      code: 'overflow',
      place: 'gradients',
      problem: 'their products exceed double precision',
      hint: 'scale the loss or clip the gradients',
    });
  }
  return moment;
}
