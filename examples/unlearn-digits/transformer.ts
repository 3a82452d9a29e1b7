/**
 * A small vision transformer in jax-js: patches → tokens, blocks of pre-norm attention and MLP
 * with GELU, final norm, mean over the tokens, linear classifier.
 *
 * A weight matrix may carry a leading axis of n, one matrix for each image: the gradient with
 * respect to it is then the per-example gradient, and nothing else in the model changes.
 */
import { nn, numpy as np } from '@jax-js/jax';
import type { Architecture } from './architecture.ts';
import { attention } from './attention.ts';
import { imageSide } from './images.ts';
import type { Parameters } from './weights.ts';

const normEpsilon = 1e-12;

/**
 * Logits [n, 10] of images [n, 32, 32]. Consumes the parameters that it uses and the images.
 */
export function forward(
  architecture: Architecture,
  parameters: Parameters,
  images: np.Array,
): np.Array {
  const linear = (name: string, input: np.Array): np.Array =>
    affine(input, parameters[`${name}.weight`]!, parameters[`${name}.bias`]!);
  const norm = (name: string, input: np.Array): np.Array =>
    nn
      .standardize(input, -1, { epsilon: normEpsilon })
      .mul(parameters[`${name}.weight`]!)
      .add(parameters[`${name}.bias`]!);

  const projection = 'vit.embeddings.patch_embeddings.projection';
  const kernel = parameters[`${projection}.weight`]!;
  const flatKernel = kernel.reshape([architecture.width, -1]);
  let tokens = affine(
    patches(images, architecture.patchSide),
    flatKernel,
    parameters[`${projection}.bias`]!,
  ).add(parameters['vit.embeddings.position_embeddings']!);
  for (let layer = 0; layer < architecture.layers; layer++) {
    const block = `vit.encoder.layer.${layer}`;
    const seen = norm(`${block}.layernorm_before`, tokens.ref);
    const mixed = attention({ heads: architecture.heads, causal: false }, seen, (part, input) =>
      linear(`${block}.attention.attention.${part}`, input),
    );
    tokens = tokens.add(linear(`${block}.attention.output.dense`, mixed));
    const hidden = linear(
      `${block}.intermediate.dense`,
      norm(`${block}.layernorm_after`, tokens.ref),
    );
    tokens = tokens.add(linear(`${block}.output.dense`, nn.gelu(hidden, { approximate: false })));
  }
  return linear('classifier', norm('vit.layernorm', tokens).mean(1));
}

/** x Wᵀ + b for x [n, t, in] or [n, in] and W [out, in], or for x [n, t, in] and W [n, out, in]. */
export function affine(input: np.Array, weight: np.Array, bias: np.Array): np.Array {
  if (weight.ndim === 3) return np.matmul(input, weight.transpose([0, 2, 1])).add(bias);
  const [outputs, inputs] = weight.shape as [number, number];
  const shape = [...input.shape.slice(0, -1), outputs];
  return np
    .matmul(input.reshape([-1, inputs]), weight.transpose())
    .reshape(shape)
    .add(bias);
}

/** Patches [n, t, side²] of images [n, 32, 32], row by row. */
function patches(images: np.Array, side: number): np.Array {
  const [count] = images.shape as [number];
  const across = imageSide / side;
  return images
    .reshape([count, across, side, across, side])
    .transpose([0, 1, 3, 2, 4])
    .reshape([count, across * across, side * side]);
}
