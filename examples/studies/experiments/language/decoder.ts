// A small OPT in jax-js: learned positions, blocks of pre-norm causal attention and MLP with ReLU, final norm, and the
// embedding again as head. A matrix may carry a leading axis, one for each text.
import { nn, numpy as np } from '@jax-js/jax';
import { attention } from '../../../unlearn-digits/attention.ts';
import { affine } from '../../../unlearn-digits/transformer.ts';
import type { Parameters } from '../../../unlearn-digits/weights.ts';
import { decoder, decoderLayer, positionOffset, type DecoderSizes } from './architecture.ts';

/** Logits [n, t, vocabulary] of the next character, from characters [n, t] as numbers. Consumes both. */
export function decode(
  sizes: DecoderSizes,
  parameters: Parameters,
  characters: np.Array,
): np.Array {
  const { heads, layers, vocabulary } = sizes;
  const linear = (name: string, input: np.Array): np.Array =>
    affine(input, parameters[`${name}.weight`]!, parameters[`${name}.bias`]!);
  const norm = (name: string, input: np.Array): np.Array =>
    nn
      .standardize(input, -1, { epsilon: 1e-5 })
      .mul(parameters[`${name}.weight`]!)
      .add(parameters[`${name}.bias`]!);

  const [count, length] = characters.shape as [number, number];
  const embedding = parameters[`${decoder}.embed_tokens.weight`]!;
  const positions = parameters[`${decoder}.embed_positions.weight`]!;
  const width = embedding.shape[1]!;
  const shown = nn.oneHot(characters.astype(np.int32), vocabulary);
  let stream = np
    .matmul(shown.reshape([-1, vocabulary]), embedding.ref)
    .reshape([count, length, width])
    .add(positions.slice([positionOffset, positionOffset + length]));
  for (let layer = 0; layer < layers; layer++) {
    const block = decoderLayer(layer);
    const seen = norm(`${block}.self_attn_layer_norm`, stream.ref);
    const mixed = attention({ heads, causal: true }, seen, (part, input) =>
      linear(`${block}.self_attn.${part[0]}_proj`, input),
    );
    stream = stream.add(linear(`${block}.self_attn.out_proj`, mixed));
    const hidden = linear(`${block}.fc1`, norm(`${block}.final_layer_norm`, stream.ref));
    stream = stream.add(linear(`${block}.fc2`, nn.relu(hidden)));
  }
  const last = norm(`${decoder}.final_layer_norm`, stream);
  return np
    .matmul(last.reshape([-1, width]), embedding.transpose())
    .reshape([count, length, vocabulary]);
}
