// The sizes of the decoder, and from them the name, shape and first value of every weight: Hugging Face's names of OPT.
import { seededRandom } from '../../../unlearn-digits/random.ts';
import type { Weights } from '../../../unlearn-digits/weights.ts';

export interface DecoderSizes {
  readonly width: number;
  /** Divides `width`. */
  readonly heads: number;
  readonly layers: number;
  /** Characters that it sees. */
  readonly context: number;
  readonly vocabulary: number;
}

/** OPT's learned positions begin at the third row. */
export const positionOffset = 2;

export const decoder = 'model.decoder';
export const decoderLayer = (layer: number): string => `${decoder}.layers.${layer}`;

export function initialDecoder(sizes: DecoderSizes, seed: number): Weights {
  const { width, layers, context, vocabulary } = sizes;
  const random = seededRandom(seed);
  const weights: Weights = new Map();
  const matrix = (name: string, rows: number, columns: number, spread: number): void => {
    const data = Float32Array.from({ length: rows * columns }, () => spread * random.normal());
    weights.set(name, { shape: [rows, columns], data });
  };
  const vector = (name: string, length: number, value: number): void => {
    weights.set(name, { shape: [length], data: new Float32Array(length).fill(value) });
  };
  const linear = (name: string, outputs: number, inputs: number): void => {
    matrix(`${name}.weight`, outputs, inputs, 1 / Math.sqrt(inputs));
    vector(`${name}.bias`, outputs, 0);
  };
  const norm = (name: string): void => {
    vector(`${name}.weight`, width, 1);
    vector(`${name}.bias`, width, 0);
  };
  // The embedding is the head, too.
  matrix(`${decoder}.embed_tokens.weight`, vocabulary, width, 1 / Math.sqrt(width));
  matrix(`${decoder}.embed_positions.weight`, context + positionOffset, width, 0.1);
  for (let layer = 0; layer < layers; layer++) {
    const block = decoderLayer(layer);
    norm(`${block}.self_attn_layer_norm`);
    for (const part of ['k_proj', 'v_proj', 'q_proj', 'out_proj'])
      linear(`${block}.self_attn.${part}`, width, width);
    norm(`${block}.final_layer_norm`);
    linear(`${block}.fc1`, 4 * width, width);
    linear(`${block}.fc2`, width, 4 * width);
  }
  norm(`${decoder}.final_layer_norm`);
  return weights;
}
