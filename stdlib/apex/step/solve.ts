// The multipliers of a block: K_SS ν = θ_S, in integers, with every residual in [−τ, τ).
//   ν ← ν + round(K_SS⁻¹ (θ_S − K_SS ν)), the residual exact, the solution by Cholesky in doubles
// `checkProvable` says why this ends within τ for every S.
import type { HeldBlock } from './block.ts';
import { choleskyRoot, solveWithRoot } from './cholesky.ts';
import { inverseEntries } from './inverse.ts';
import { exactResiduals } from './residuals.ts';
import { formatInterval } from '../../../compiler/ir/format.ts';
import { multiplierFormat, toleranceUnits, type StepSpec } from './spec.ts';

/** More than the proof in `checkProvable` needs. */
const refinements = 8;

/**
 * ν, integers of `multiplierFormat`, [k].
 * @param live S, entries of the block, ascending.
 * @throws Error for a block that `checkProvable` refuses.
 */
export function solveMultipliers(
  spec: StepSpec,
  block: HeldBlock,
  live: readonly number[],
): Float64Array {
  const root = choleskyRoot(inverseEntries(spec, block, live), live.length);
  if (root === undefined) throw new Error(`K_SS of ${live.length} weights is not definite`);
  const tolerance = BigInt(toleranceUnits(spec));
  const multipliers = new Float64Array(live.length);
  for (let step = 0; step <= refinements; step++) {
    const residuals = exactResiduals(spec, block, live, multipliers);
    // The first step solves the system itself; the zeros that it starts from are no rounding of a solution.
    if (step > 0 && residuals.every((each) => each < tolerance && -each <= tolerance)) {
      checkRange(spec, multipliers);
      return multipliers;
    }
    const correction = solveWithRoot(root, Float64Array.from(residuals, Number));
    for (let i = 0; i < live.length; i++) multipliers[i]! -= Math.round(correction[i]!);
  }
  throw new Error(`no multipliers of ${live.length} weights meet the tolerance`);
}

function checkRange(spec: StepSpec, multipliers: Float64Array): void {
  const { low, high } = formatInterval(multiplierFormat(spec));
  const [least, most] = [Number(low), Number(high)];
  if (!multipliers.every((each) => each >= least && each <= most))
    throw new Error('a multiplier is out of its format');
}
