// θ_u of a block by its public definition, in exact integers:
//   z_t = Σ_{i ∈ S, t < len(i)} R_ti ν_i,   θ_u(i) = clamp ⌊(θ_i 2^s − R_{:,i}·z + 2^(s−1)) / 2^s⌋ off S and the dead, 0 on them
// R·z has up to 82 bits. ν is cut into three limbs of 16 bits, so that each limb's sums are exact in doubles:
//   |z| ≤ 64 · 2^11 · 2^16 = 2^33,   |R·z| ≤ 64 · 2^11 · 2^33 = 2^50
import { formatInterval } from '../../../compiler/ir/format.ts';
import type { HeldBlock } from './block.ts';
import { columnLengths, columnOffsets } from './classes.ts';
import { multiplierFormat, resultShift, type StepSpec } from './spec.ts';

/** The change of a block. */
export interface BlockStep {
  /** S, entries, ascending. */
  readonly live: readonly number[];
  /** Entries that are 0 whatever was registered. */
  readonly dead: readonly number[];
  /** ν, integers of `multiplierFormat`, one for each entry of S. */
  readonly multipliers: Float64Array;
}

const limb = 2 ** 16;

/** θ_u, [length]. @throws RangeError for a step that is none of this block. */
export function unlearnedBlock(spec: StepSpec, block: HeldBlock, step: BlockStep): Int32Array {
  checkStep(spec, block, step);
  const { weights, root } = block;
  const { live, dead, multipliers } = step;
  const [lengths, offsets] = [columnLengths(spec.size), columnOffsets(spec.size)];
  const reach = lengths[live.at(-1) ?? 0]!;
  const [low, middle, high] = [0, 1, 2].map(() => new Float64Array(reach)) as Limbs;
  live.forEach((entry, k) => {
    const [first, length] = [offsets[entry]!, lengths[entry]!];
    const [a, b, c] = limbsOf(multipliers[k]!);
    for (let t = 0; t < length; t++) {
      const r = root[first + t]!;
      low[t]! += r * a;
      middle[t]! += r * b;
      high[t]! += r * c;
    }
  });

  const shift = resultShift(spec);
  const [half, unit, steps] = [2 ** (shift - 1), 2 ** -shift, 2 ** (32 - shift)];
  const interval = formatInterval(spec.weights);
  const [least, most] = [Number(interval.low), Number(interval.high)];
  const result = new Int32Array(weights.length);
  for (let i = 0; i < weights.length; i++) {
    const first = offsets[i]!;
    const length = Math.min(lengths[i]!, reach);
    let [a, b, c] = [0, 0, 0];
    for (let t = 0; t < length; t++) {
      const r = root[first + t]!;
      a += r * low[t]!;
      b += r * middle[t]!;
      c += r * high[t]!;
    }
    // 2^(s−1) − R·z = top · 2^32 + rest, 0 ≤ rest < 2^32, and s ≤ 28. The last sum may round past 2^53: far out of the format.
    const carry = Math.floor((half - a) / limb);
    const next = carry - b;
    const top = Math.floor(next / limb);
    const rest = (next - top * limb) * limb + (half - a - carry * limb);
    const value = weights[i]! + Math.floor(rest * unit) + (top - c) * steps;
    result[i] = Math.min(most, Math.max(least, value));
  }
  for (const entry of live) result[entry] = 0;
  for (const entry of dead) result[entry] = 0;
  return result;
}

type Limbs = [Float64Array, Float64Array, Float64Array];

/** value = a + 2^16 b + 2^32 c, 0 ≤ a, b < 2^16. */
function limbsOf(value: number): [number, number, number] {
  const upper = Math.floor(value / limb);
  const top = Math.floor(upper / limb);
  return [value - upper * limb, upper - top * limb, top];
}

function checkStep(spec: StepSpec, { weights, root }: HeldBlock, step: BlockStep): void {
  const { live, dead, multipliers } = step;
  const length = weights.length;
  if (!(length >= 1 && length <= spec.size && root.length === columnOffsets(spec.size)[length]))
    throw new RangeError(`a block of ${length} weights and ${root.length} entries of R`);
  const isEntry = (entry: number) => Number.isInteger(entry) && entry >= 0 && entry < length;
  if (!live.every((entry, k) => isEntry(entry) && (k === 0 || entry > live[k - 1]!)))
    throw new RangeError(`live entries are [${live.join(', ')}] of ${length}, not ascending`);
  if (!dead.every(isEntry)) throw new RangeError(`dead entries are [${dead.join(', ')}]`);
  const { low, high } = formatInterval(multiplierFormat(spec));
  const [least, most] = [Number(low), Number(high)];
  const fits = (each: number) => Number.isInteger(each) && each >= least && each <= most;
  if (multipliers.length !== live.length || !multipliers.every(fits))
    throw new RangeError(`multipliers are [${multipliers.join(', ')}] for ${live.length} entries`);
}
