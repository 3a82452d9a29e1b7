// Inputs for a tile that nobody trained: typical blocks from a seed, under the masks of the blocks that are dealt to it.
import type { InputValues } from '../../../compiler/constraints/witness.ts';
import { stepEvaluator } from '../../../stdlib/apex/circuit/evaluate-step.ts';
import type { Layout } from '../../../stdlib/apex/circuit/layout.ts';
import type { StepSpec } from '../../../stdlib/apex/circuit/tile.ts';
import { tileInputs, type SecretBlock } from '../../../stdlib/apex/circuit/tiles.ts';
import { curvatureWords, weightWords } from '../../../stdlib/apex/commitments/words.ts';
import { typicalBlock } from '../../../stdlib/apex/explore/typical.ts';
import { seededRandom } from '../../unlearn-digits/random.ts';

/** `masks` are those of the blocks in its places. Throws where the step refuses a typical block. */
export function generatedInputs(
  spec: StepSpec,
  layout: Layout,
  masks: readonly (Uint8Array | undefined)[],
  seed = 8,
): InputValues {
  const { normal, integer } = seededRandom(seed);
  const evaluate = stepEvaluator(spec);
  const salts = (words: number): number[] => Array.from({ length: words }, () => integer(2 ** 16));
  const secret = (mask: Uint8Array): SecretBlock => {
    const block = typicalBlock(spec, mask, normal);
    const { claim, findings } = evaluate(block);
    if (!claim) throw new Error(`a typical block is refused: ${findings[0]!.message}`);
    return {
      ...block,
      ...claim,
      salts: {
        weights: salts(weightWords(spec)),
        curvature: salts(curvatureWords(spec)),
        unlearned: salts(weightWords(spec)),
      },
    };
  };
  const places = masks.map((mask) => mask && secret(mask));
  return tileInputs(spec, layout, 1n, places);
}
