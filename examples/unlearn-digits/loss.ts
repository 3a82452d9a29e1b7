/**
 * The loss: cross-entropy of the true label, −log softmax(logits)[label].
 */
import { nn, numpy as np } from '@jax-js/jax';
import type { Architecture } from './architecture.ts';
import { classCount, imagePixels, imageSide, type ImageSet } from './images.ts';
import { forward } from './transformer.ts';
import { toArray, type Parameters } from './weights.ts';

/** Images of a batch and their labels, as arrays of jax-js that the receiver consumes. */
export interface Batch {
  /** [n, 32, 32] */
  readonly images: np.Array;
  /** [n, 10], one row for each image: 1 at its label, 0 elsewhere; all 0 for padding. */
  readonly targets: np.Array;
}

/** Which images of a set make up a batch. */
export interface BatchRange {
  readonly start: number;
  readonly size: number;
}

/**
 * The images from `start` on as a batch of exactly `size`; places after the end of the set hold
 * black images without a label, whose loss and gradient are 0.
 */
export function makeBatch(set: ImageSet, { start, size }: BatchRange): Batch {
  const kept = Math.max(0, Math.min(size, set.count - start));
  const pixels = new Float32Array(size * imagePixels);
  pixels.set(set.pixels.subarray(start * imagePixels, (start + kept) * imagePixels));
  const targets = new Float32Array(size * classCount);
  for (let row = 0; row < kept; row++) targets[row * classCount + set.labels[start + row]!] = 1;
  return {
    images: toArray(pixels, [size, imageSide, imageSide]),
    targets: toArray(targets, [size, classCount]),
  };
}

/** Sum of the losses of a batch. Consumes its arguments. */
export function summedLoss(
  architecture: Architecture,
  parameters: Parameters,
  images: np.Array,
  targets: np.Array,
): np.Array {
  const logarithms = nn.logSoftmax(forward(architecture, parameters, images), -1);
  return logarithms.mul(targets).sum().neg();
}
