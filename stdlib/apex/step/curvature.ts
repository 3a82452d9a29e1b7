// The curvature that a client registers for a block: the empirical Fisher of its own gradients, inverted, as a root with a floor.
//   C = λ I + (1/n) Σ g gᵀ;   K' = (C_LL)⁻¹ on the live entries L, its largest diagonal entry 1;   RᵀR = K' − φ I
// The dead entries D are compensated for first: θ_L ← θ_L + C_LL⁻¹ C_LD θ_D, θ_D ← 0.
import { checkDamping, checkFinite, checkLength } from '../reference/checks.ts';
import { OperatorError } from '../reference/errors.ts';
import { checkGradients } from '../reference/fisher.ts';
import type { GradientRows } from '../reference/index.ts';
import { choleskyRoot, inverseOfRoot, solveWithRoot } from './cholesky.ts';
import { columnOffsets } from './classes.ts';
import { floor, rootFormat, type StepSpec } from './spec.ts';

export interface RegisteredBlock {
  /** θ after the compensation for the dead, [length]. */
  readonly weights: Float64Array;
  /** R as in `HeldBlock`, real: it fits `rootFormat` when it is rounded. */
  readonly root: Float64Array;
}

/** C is damped by this much of its trace at least: it is inverted well then, and K' changes by far less than φ. */
const leastDamping = 2 ** -30;

/**
 * The floors that are tried in turn, in multiples of φ. K' − σ I is definite for the last one at the latest, but for rounding far below
 * it; then K = K' + (φ − σ) I. Where stiff directions have eigenvalues below φ, K is that much too soft in all directions.
 */
const floors = [1, 3 / 4, 1 / 2, 1 / 4, -(2 ** -16)];

/** @throws OperatorError for gradients that are not finite, or whose squares overflow. */
export function registeredBlock(
  spec: StepSpec,
  input: {
    /** θ_p, [length]. */
    readonly weights: Float64Array;
    /** [n][length]. */
    readonly gradients: GradientRows;
    /** λ. */
    readonly damping: number;
    /** Entries, ascending. */
    readonly dead: readonly number[];
  },
): RegisteredBlock {
  const { gradients, dead } = input;
  const length = input.weights.length;
  checkFinite(input.weights, 'weights');
  checkDamping(input.damping);
  checkGradients(gradients);
  checkLength(gradients[0]!, length, 'gradients');
  const isDead = new Set(dead);
  const live = Array.from({ length }, (_, i) => i).filter((i) => !isDead.has(i));
  const scale = 1 / (gradients.length * effectiveDamping(gradients, input.damping));

  // C_LL / λ and C_LD θ_D / λ, from the gradients of one weight after another, [count, n].
  const [count, examples] = [live.length, gradients.length];
  const own = new Float64Array(count * examples);
  const along = new Float64Array(examples);
  gradients.forEach((gradient, e) => {
    for (let a = 0; a < count; a++) own[a * examples + e] = gradient[live[a]!]!;
    for (const i of dead) along[e]! += gradient[i]! * input.weights[i]!;
  });
  const curvature = new Float64Array(count * count);
  const pull = new Float64Array(count);
  for (let a = 0; a < count; a++) {
    const first = a * examples;
    for (let e = 0; e < examples; e++) pull[a]! += scale * own[first + e]! * along[e]!;
    for (let b = a; b < count; b++) {
      const second = b * examples;
      let sum = 0;
      for (let e = 0; e < examples; e++) sum += own[first + e]! * own[second + e]!;
      curvature[a * count + b] = scale * sum + (a === b ? 1 : 0);
    }
  }
  const factor = choleskyRoot(curvature, count);
  if (factor === undefined) throw new Error(`the curvature of ${count} weights is not definite`);

  const weights = Float64Array.from(input.weights);
  for (const i of dead) weights[i] = 0;
  if (dead.length > 0) {
    const compensation = solveWithRoot(factor, pull);
    live.forEach((i, a) => (weights[i]! += compensation[a]!));
  }
  return {
    weights,
    root: placeRoot(spec, length, live, rootOf(scaledInverse(factor, count), count)),
  };
}

/** λ, or more where it is nothing beside the gradients. */
function effectiveDamping(gradients: GradientRows, damping: number): number {
  let squares = 0;
  for (const gradient of gradients)
    for (let i = 0; i < gradient.length; i++) squares += gradient[i]! * gradient[i]!;
  const trace = squares / gradients.length;
  if (Number.isFinite(trace / damping) && Number.isFinite(1 / damping))
    return Math.max(damping, trace * leastDamping);
  throw new OperatorError({
    code: 'overflow',
    place: 'gradients',
    problem: `their mean square is ${trace}, with lambda ${damping}`,
    hint: 'raise lambda, scale the loss, or clip the gradients',
  });
}

/** K', its largest diagonal entry 1: the upper triangle. */
function scaledInverse(factor: Float64Array, size: number): Float64Array {
  const inverse = inverseOfRoot(factor, size);
  let largest = 0;
  for (let i = 0; i < size; i++) largest = Math.max(largest, inverse[i * size + i]!);
  for (let i = 0; i < inverse.length; i++) inverse[i]! /= largest;
  return inverse;
}

function rootOf(inverse: Float64Array, size: number): Float64Array {
  for (const multiple of floors) {
    const root = choleskyRoot(inverse, size, multiple * floor);
    if (root) return root;
  }
  throw new Error(`the inverse curvature of ${size} weights is not semidefinite`);
}

/** Columns of a block out of the root of its live entries; no entry rounds to 1, which the format does not hold. */
function placeRoot(
  { size }: StepSpec,
  length: number,
  live: readonly number[],
  root: Float64Array,
): Float64Array {
  const offsets = columnOffsets(size);
  const columns = new Float64Array(offsets[length]!);
  const most = 1 - 2 ** -rootFormat.fraction;
  live.forEach((j, b) => {
    for (let a = 0; a <= b; a++)
      columns[offsets[j]! + live[a]!] = Math.min(most, root[b * live.length + a]!);
  });
  return columns;
}
