/**
 * The Fisher blocks that hold a masked weight, with what the circuit takes of each.
 */
import {
  blockEntries,
  blockGradients,
  normalisedFisherBlock,
  tensorBlocks,
  type Block,
  type ExampleGradients,
  type Masks,
  type NamedTensors,
} from '../../stdlib/apex/reference/index.ts';
import type { RawTensor } from '../../compiler/inputs/tensors.ts';

/** One touched block, padded to its size d. */
export interface TouchedBlock {
  readonly block: Block;
  /** θ_p, [d]. */
  readonly weights: Float64Array;
  /** Bits, [d]. */
  readonly mask: Float64Array;
  /** The upper triangle of C' = I + F/λ row by row, [d (d + 1) / 2]. */
  readonly curvature: Float64Array;
}

export interface BlockInput {
  readonly weights: NamedTensors;
  readonly masks: Masks;
  readonly gradients: ExampleGradients;
  readonly blockSize: number;
  /** λ. */
  readonly damping: number;
}

/** All blocks with a masked weight, tensors in the order of the masks. */
export function touchedBlocks(input: BlockInput): TouchedBlock[] {
  const { weights, masks, gradients, blockSize, damping } = input;
  return [...masks].flatMap(([tensor, mask]) => {
    const { data } = weights.get(tensor)!;
    return tensorBlocks({ tensor, length: data.length, blockSize })
      .map((block) => ({ block, mask: blockEntries(mask, block) }))
      .filter((each) => each.mask.includes(1))
      .map(({ block, mask: bits }) => ({
        block,
        mask: bits,
        weights: blockEntries(data, block),
        curvature: upperTriangle(
          normalisedFisherBlock({
            gradients: blockGradients(gradients.get(tensor)!, block),
            damping,
          }).entries,
          blockSize,
        ),
      }));
  });
}

/** The tensors of some blocks as a circuit's inputs, [blocks, …]. */
export function blockTensors(blocks: readonly TouchedBlock[]): Map<string, RawTensor> {
  const stack = (part: (block: TouchedBlock) => Float64Array): RawTensor => ({
    shape: [blocks.length, part(blocks[0]!).length],
    values: Float64Array.from(blocks.flatMap((block) => [...part(block)])),
    file: 'the model',
  });
  return new Map([
    ['weights', stack((block) => block.weights)],
    ['mask', stack((block) => block.mask)],
    ['curvature', stack((block) => block.curvature)],
  ]);
}

function upperTriangle(entries: Float64Array, size: number): Float64Array {
  const rows = Array.from({ length: size }, (_, i) => [
    ...entries.subarray(i * size + i, (i + 1) * size),
  ]);
  return Float64Array.from(rows.flat());
}
