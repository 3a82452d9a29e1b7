// Inputs for a tile that nobody trained: blocks with random curvature from a seed, their multipliers solved for.
import type { InputValues } from '../../../compiler/constraints/witness.ts';
import { fractionOf } from '../../../compiler/ir/format.ts';
import { shapeOf } from '../../../stdlib/apex/circuit/layout.ts';
import { tileInputs, type SecretBlock } from '../../../stdlib/apex/circuit/statement.ts';
import { columnOpening, columnWords } from '../../../stdlib/apex/commitments/column.ts';
import { multiplierOpening } from '../../../stdlib/apex/commitments/multipliers.ts';
import { LeafSalts } from '../../../stdlib/apex/commitments/salts.ts';
import {
  columnLengths,
  columnOffsets,
  registeredBlock,
  rootFormat,
  solveMultipliers,
  type HeldBlock,
  type StepSpec,
} from '../../../stdlib/apex/step/index.ts';
import { seededRandom } from '../../unlearn-digits/random.ts';

/** `live` are the entries of the blocks in its places. */
export function generatedInputs(
  spec: StepSpec,
  live: readonly (readonly number[])[],
  seed = 8,
): InputValues {
  const random = seededRandom(seed);
  const salts = new LeafSalts(new Uint8Array(32).fill(seed));
  const places = live.map((own, place): SecretBlock => {
    const block = typicalBlock(spec, random);
    const multipliers = solveMultipliers(spec, block, own);
    const first = place * (spec.size + 1);
    const { words } = salts.of(first, own.length);
    return {
      shape: shapeOf(spec.size, own),
      columns: own.map((entry) => {
        const length = columnLengths(spec.size)[entry]!;
        const at = columnOffsets(spec.size)[entry]!;
        const root = block.root.subarray(at, at + length);
        const salt = salts.of(first + 1 + entry, columnWords(length));
        return columnOpening(spec, length, block.weights[entry]!, root, salt);
      }),
      multipliers: multiplierOpening(spec, multipliers, {
        words,
        salt: salts.of(first, 1).salt,
      }),
    };
  });
  return tileInputs(1n, places);
}

/** Weights and gradients of a trained layer. */
function typicalBlock(spec: StepSpec, { normal }: ReturnType<typeof seededRandom>): HeldBlock {
  const vector = (scale: number): Float64Array =>
    Float64Array.from({ length: spec.size }, () => scale * normal());
  const registered = registeredBlock(spec, {
    weights: vector(0.05),
    gradients: Array.from({ length: 12 }, () => vector(1)),
    damping: 0.3,
    dead: [],
  });
  const integers = (reals: Float64Array, fraction: number): number[] =>
    Array.from(reals, (real) => Math.floor(real * 2 ** fraction + 0.5));
  return {
    weights: Int32Array.from(integers(registered.weights, fractionOf(spec.weights))),
    root: Int16Array.from(integers(registered.root, rootFormat.fraction)),
  };
}
