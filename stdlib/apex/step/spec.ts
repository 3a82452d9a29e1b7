// The sizes and formats of a step: what a plan fixes, and all that follows from it.
//   K = φ I + RᵀR, R upper triangular;   K_SS ν = θ_S within τ;   θ_u = θ − K_{:,S} ν, rounded, and 0 on S
import { fail } from '../../../compiler/diagnostics/diagnostic.ts';
import {
  formatInterval,
  fractionOf,
  numeric,
  q,
  renderFormat,
  type Format,
} from '../../../compiler/ir/format.ts';

export interface StepSpec {
  /** d, the weights of a full block: 1 … 64. */
  readonly size: number;
  /** The format of θ and θ_u: signed, at most 31 bits. */
  readonly weights: Format;
  /** τ, real: a power of two. */
  readonly tolerance: number;
}

/** The format of R. Its entries lie in [−1, 1), so no eigenvalue of K is above φ + Σ len(i). */
export const rootFormat = q(12, 11);

/** φ: no eigenvalue of K is below it. */
export const floor = 2 ** -8;

/** Fractional bits of K, a sum of products of two entries of R. */
export const inverseFraction = 2 * rootFormat.fraction;

/** ⌈log₂ d⌉: rounding ν to its format moves K ν by at most half a unit of θ then, if no |K_ij| is above 1. */
const sizeBits = ({ size }: StepSpec): number => 32 - Math.clz32(size - 1);

/** The format of ν. */
export const multiplierFormat = (spec: StepSpec): Format =>
  q(48, fractionOf(spec.weights) + sizeBits(spec));

/** s: K ν has s fractional bits more than θ. */
export const resultShift = (spec: StepSpec): number => inverseFraction + sizeBits(spec);

/** τ in units of K ν, 2^−(22 + f_ν): an exact integer below 2^59. */
export const toleranceUnits = (spec: StepSpec): number =>
  spec.tolerance * 2 ** fractionOf(spec.weights) * 2 ** resultShift(spec);

/** One unit of the weights: the least tolerance that every honest block meets. */
export const defaultTolerance = (weights: Format): number => 2 ** -fractionOf(weights);

/** Weights of `weightBits` bits in [−weightRange, weightRange). Throws `bad-format`. */
export function makeSpec(input: {
  readonly size: number;
  readonly weightBits: number;
  readonly weightRange: number;
  readonly tolerance?: number;
}): StepSpec {
  const { size, weightBits, weightRange } = input;
  const whole = Math.ceil(Math.log2(weightRange));
  if (!(weightRange > 0) || !Number.isFinite(whole) || weightBits - 1 - whole < 1)
    fail(
      'bad-format',
      `weights in [−${weightRange}, ${weightRange}) leave no fractional bits of ${weightBits}`,
      'give the weights more bits, or a smaller range',
    );
  const weights = q(weightBits, weightBits - 1 - whole);
  const spec = { size, weights, tolerance: input.tolerance ?? defaultTolerance(weights) };
  checkSpec(spec);
  return spec;
}

/** Throws `bad-format` unless every weight of the format and every S can be proved with an honest curvature. */
export function checkSpec(spec: StepSpec): void {
  const { size, weights, tolerance } = spec;
  if (!(Number.isInteger(size) && size >= 1 && size <= 64))
    fail('bad-format', `blocks of ${size} weights`, 'give a block size from 1 to 64');
  const format = numeric(weights);
  if (!format?.signed || format.bits < 2 || format.bits > 31)
    fail(
      'bad-format',
      `${renderFormat(weights)} is no format of weights`,
      'give them 2 to 31 bits with a sign',
    );
  const units = tolerance * 2 ** format.fraction;
  const exponent = Math.round(Math.log2(units));
  if (!(units === 2 ** exponent && exponent >= 0 && exponent < format.bits))
    fail(
      'bad-format',
      `the tolerance is ${tolerance}`,
      `give a power of two from ${defaultTolerance(weights)}, the unit of the weights, to their range`,
    );
  const largest = -Number(formatInterval(weights).low);
  if (!multipliersFit(spec, Math.sqrt(size) * largest))
    fail(
      'bad-format',
      `multipliers of ${size} weights of ${format.bits} bits do not fit ${renderFormat(multiplierFormat(spec))}`,
      'give the weights fewer bits',
    );
}

/**
 * Whether all ν lie in their format for weights of that 2-norm, in units of the weights: |ν_i| ≤ ‖θ_S‖₂ / λ_min(K_SS), λ_min ≥ φ,
 * and a unit for rounding.
 */
export const multipliersFit = (spec: StepSpec, norm: number): boolean =>
  (norm / floor) * 2 ** sizeBits(spec) + 1 <= Number(formatInterval(multiplierFormat(spec)).high);
