// K of a block in integers: K_ij = φ [i = j] + Σ_{t < len(i), len(j)} R_ti R_tj, in units of 2^−22. Below 2^29, so exact in doubles.
import { columnLengths, columnOffsets } from './classes.ts';
import type { HeldBlock } from './block.ts';
import { floor, inverseFraction, type StepSpec } from './spec.ts';

const floorUnits = floor * 2 ** inverseFraction;

/** K_EE of some entries E, [k, k]. */
export function inverseEntries(
  { size }: StepSpec,
  { root }: HeldBlock,
  entries: readonly number[],
): Float64Array {
  const [lengths, offsets] = [columnLengths(size), columnOffsets(size)];
  const count = entries.length;
  const inverse = new Float64Array(count * count);
  for (let a = 0; a < count; a++) {
    const i = entries[a]!;
    for (let b = 0; b <= a; b++) {
      const j = entries[b]!;
      const [first, second, length] = [
        offsets[i]!,
        offsets[j]!,
        Math.min(lengths[i]!, lengths[j]!),
      ];
      let sum = a === b ? floorUnits : 0;
      for (let t = 0; t < length; t++) sum += root[first + t]! * root[second + t]!;
      inverse[a * count + b] = sum;
      inverse[b * count + a] = sum;
    }
  }
  return inverse;
}
