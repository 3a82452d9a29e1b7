// Group OBS on one block (eq. 13, 14): minimise ½ δᵀCδ subject to δ_S = −θ_S, where S is the masked
// part of the block, its complement is written R (the rest), and K = C⁻¹.
//   from C:  δ_S = −θ_S,  δ_R = C_RR⁻¹ C_RS θ_S
//   from K:  y = K_SS⁻¹ θ_S,  δ = −K_{:,S} y
// Both give the same δ, and (Cδ)_R = 0, (Cδ)_S = −y: y is the Lagrange multiplier of eq. 20.
// On the mask δ is set to −θ itself, so that θ + δ is exactly zero there.
import { checkBits, checkFinite, checkLength } from './checks.ts';
import { solveLinear } from './linear-solve.ts';
import { checkSquare, dot, multiply, submatrix } from './matrix.ts';
import type { Matrix } from './matrix.ts';

/** The weights of one block, d of them, and which of them are to be removed. */
export interface MaskedBlock {
  /** θ, d entries. */
  readonly weights: ArrayLike<number>;
  /** d entries, 1 on the mask. */
  readonly mask: ArrayLike<number>;
}

/**
 * δ from the curvature C (complement form), d entries.
 * @param input.curvature C, d × d, symmetric positive definite; any multiple of it gives the same δ.
 * @throws OperatorError on bad shapes, lengths or values, or `singular` when C_RR is.
 */
export function obsFromCurvature(
  input: MaskedBlock & { readonly curvature: Matrix },
): Float64Array {
  const { curvature, weights } = input;
  checkBlock(input, curvature, 'curvature');
  const { masked, rest } = partition(input.mask);
  const delta = new Float64Array(weights.length);
  masked.forEach((i) => (delta[i] = -weights[i]!));
  const pull = multiply(submatrix(curvature, { rows: rest, columns: masked }), pick(input, masked));
  const compensation = solveLinear({
    matrix: submatrix(curvature, { rows: rest, columns: rest }),
    right: pull,
  });
  rest.forEach((i, position) => (delta[i] = compensation[position]!));
  return delta;
}

/**
 * y = K_SS⁻¹ θ_S, one entry per masked weight, in their order: the Lagrange multipliers.
 * @param input.inverse K = C⁻¹, d × d.
 * @throws OperatorError on bad shapes, lengths or values, or `singular` when K_SS is.
 */
export function obsMultipliers(input: MaskedBlock & { readonly inverse: Matrix }): Float64Array {
  const { inverse } = input;
  checkBlock(input, inverse, 'inverse');
  const { masked } = partition(input.mask);
  return solveLinear({
    matrix: submatrix(inverse, { rows: masked, columns: masked }),
    right: pick(input, masked),
  });
}

/**
 * δ = −K_{:,S} y from the inverse curvature K, d entries (eq. 14).
 * @throws OperatorError as {@link obsMultipliers}.
 */
export function obsFromInverse(input: MaskedBlock & { readonly inverse: Matrix }): Float64Array {
  const y = obsMultipliers(input);
  const { masked, rest } = partition(input.mask);
  const delta = new Float64Array(input.weights.length);
  masked.forEach((i) => (delta[i] = -input.weights[i]!));
  const pull = multiply(submatrix(input.inverse, { rows: rest, columns: masked }), y);
  rest.forEach((i, position) => (delta[i] = -pull[position]!));
  return delta;
}

/**
 * The KKT residual (eq. 20): (Cδ)_i on unmasked rows, 0 on masked rows; d entries, in units of C·θ.
 * It is zero for the δ of Group OBS. Rows on the mask only define the multipliers, so they don't count.
 * @throws OperatorError on bad shapes, lengths or values.
 */
export function kktResidual(input: {
  readonly curvature: Matrix;
  readonly delta: ArrayLike<number>;
  readonly mask: ArrayLike<number>;
}): Float64Array {
  const { curvature, delta, mask } = input;
  checkBlock({ weights: delta, mask }, curvature, 'curvature', 'delta');
  return multiply(curvature, delta).map((value, i) => (mask[i] === 1 ? 0 : value));
}

/**
 * ½ θ_Sᵀ K_SS⁻¹ θ_S, the increase of the quadratic loss model; equals ½ δᵀCδ (eq. 13).
 * @throws OperatorError as {@link obsMultipliers}.
 */
export function predictedLossIncrease(input: MaskedBlock & { readonly inverse: Matrix }): number {
  return 0.5 * dot(pick(input, partition(input.mask).masked), obsMultipliers(input));
}

function partition(mask: ArrayLike<number>): { masked: number[]; rest: number[] } {
  const all = Array.from(mask, (_, i) => i);
  return { masked: all.filter((i) => mask[i] === 1), rest: all.filter((i) => mask[i] !== 1) };
}

const pick = ({ weights }: MaskedBlock, chosen: readonly number[]): Float64Array =>
  Float64Array.from(chosen, (i) => weights[i]!);

function checkBlock(
  { weights, mask }: MaskedBlock,
  matrix: Matrix,
  matrixName: string,
  vectorName = 'weights',
): void {
  checkFinite(weights, vectorName);
  checkLength(mask, weights.length, 'mask');
  checkBits(mask, 'mask');
  checkSquare(matrix, weights.length, matrixName);
}
