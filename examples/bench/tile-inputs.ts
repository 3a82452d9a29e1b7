// Inputs for a tile that nobody trained: typical blocks from a seed, with the touched blocks of a mask.
import type { InputValues } from '../../compiler/constraints/witness.ts';
import type { StepSpec } from '../../stdlib/apex/circuit/tile.ts';
import { tileInputs } from '../../stdlib/apex/circuit/tiles.ts';
import type { TouchedBlock } from '../../stdlib/apex/documents/mask.ts';
import { typicalBlock } from '../../stdlib/apex/explore/typical.ts';
import { seededRandom } from '../unlearn-digits/random.ts';

export function generatedInputs(
  spec: StepSpec,
  blocks: number,
  touched: readonly TouchedBlock[],
  seed = 8,
): InputValues {
  const { normal } = seededRandom(seed);
  const own = touched.slice(0, blocks);
  const secrets = own.map(() => typicalBlock(spec, normal));
  return tileInputs(spec, blocks, 1n, own, secrets);
}
