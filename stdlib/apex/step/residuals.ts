// How far ν is from solving its system, exactly.
import type { HeldBlock } from './block.ts';
import { inverseEntries } from './inverse.ts';
import { resultShift, type StepSpec } from './spec.ts';

/** K_SS ν − θ_S in units of 2^−(22 + f_ν), [k]. `live` is S, ascending; ν in integers of its format. */
export function exactResiduals(
  spec: StepSpec,
  block: HeldBlock,
  live: readonly number[],
  multipliers: Float64Array,
): bigint[] {
  const inverse = inverseEntries(spec, block, live);
  const exact = Array.from(multipliers, BigInt);
  const shift = BigInt(resultShift(spec));
  return live.map((entry, a) => {
    let residual = -(BigInt(block.weights[entry]!) << shift);
    for (let b = 0; b < live.length; b++)
      residual += BigInt(inverse[a * live.length + b]!) * exact[b]!;
    return residual;
  });
}
