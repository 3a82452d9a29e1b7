/**
 * The sizes of the digit transformer, and from them the name, shape and first value of every
 * weight. Names and orientation ([out, in]) are those of Hugging Face's ViT.
 */
import { classCount, imageSide } from './images.ts';
import { seededRandom } from './random.ts';
import type { Weights } from './weights.ts';

/** Sizes of a vision transformer over 32×32 images. */
export interface Architecture {
  /** Entries of a token. */
  readonly width: number;
  /** Attention heads; divides `width`. */
  readonly heads: number;
  /** Blocks of attention and MLP. */
  readonly layers: number;
  /** Width of the MLP's hidden layer, in multiples of `width`. */
  readonly expansion: number;
  /** Side of a patch in pixels; divides 32. */
  readonly patchSide: number;
}

export const defaultArchitecture: Architecture = {
  width: 32,
  heads: 2,
  layers: 2,
  expansion: 4,
  patchSide: 8,
};

/** Name of the MLP's first matrix in a block, [expansion·width, width]. */
export const firstMlpWeight = (layer: number): string =>
  `vit.encoder.layer.${layer}.intermediate.dense.weight`;

/** Name of the MLP's second matrix in a block, [width, expansion·width]. */
export const secondMlpWeight = (layer: number): string =>
  `vit.encoder.layer.${layer}.output.dense.weight`;

/**
 * The shape of every weight, by name, in the order of the forward pass.
 * @throws RangeError when the heads don't divide the width, or the patches the image
 */
export function weightShapes(architecture: Architecture): Map<string, number[]> {
  const { width, heads, layers, expansion, patchSide } = architecture;
  if (width % heads !== 0) throw new RangeError(`${heads} heads do not divide width ${width}`);
  if (imageSide % patchSide !== 0)
    throw new RangeError(`patches of side ${patchSide} do not divide side ${imageSide}`);
  const tokens = (imageSide / patchSide) ** 2;
  const shapes = new Map<string, number[]>();
  const linear = (name: string, outputs: number, inputs: number): void => {
    shapes.set(`${name}.weight`, [outputs, inputs]).set(`${name}.bias`, [outputs]);
  };
  const norm = (name: string): void => {
    shapes.set(`${name}.weight`, [width]).set(`${name}.bias`, [width]);
  };
  const projection = 'vit.embeddings.patch_embeddings.projection';
  shapes.set(`${projection}.weight`, [width, 1, patchSide, patchSide]);
  shapes.set(`${projection}.bias`, [width]);
  shapes.set('vit.embeddings.position_embeddings', [1, tokens, width]);
  for (let layer = 0; layer < layers; layer++) {
    const block = `vit.encoder.layer.${layer}`;
    norm(`${block}.layernorm_before`);
    for (const part of ['query', 'key', 'value'])
      linear(`${block}.attention.attention.${part}`, width, width);
    linear(`${block}.attention.output.dense`, width, width);
    norm(`${block}.layernorm_after`);
    linear(`${block}.intermediate.dense`, expansion * width, width);
    linear(`${block}.output.dense`, width, expansion * width);
  }
  norm('vit.layernorm');
  linear('classifier', classCount, width);
  return shapes;
}

/** Weights to start training from: scaled normal matrices, unit norms, zero biases. */
export function initialWeights(architecture: Architecture, seed: number): Weights {
  const random = seededRandom(seed);
  const weights: Weights = new Map();
  for (const [name, shape] of weightShapes(architecture)) {
    const size = shape.reduce((product, length) => product * length, 1);
    const data = new Float32Array(size);
    if (name.includes('norm') && name.endsWith('.weight')) data.fill(1);
    else if (!name.endsWith('.bias')) {
      const inputs = size / shape[0]!;
      const spread = name.endsWith('position_embeddings') ? 0.02 : 1 / Math.sqrt(inputs);
      for (let index = 0; index < size; index++) data[index] = spread * random.normal();
    }
    weights.set(name, { shape, data });
  }
  return weights;
}
