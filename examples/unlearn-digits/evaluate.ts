/**
 * Accuracy and mean loss of a model on a set of images.
 */
import { jit, nn, numpy as np, tree } from '@jax-js/jax';
import { defaultArchitecture, type Architecture } from './architecture.ts';
import { classCount, type ImageSet } from './images.ts';
import { makeBatch } from './loss.ts';
import { forward } from './transformer.ts';
import { startBackend, toFloats, toParameters, type Parameters, type Weights } from './weights.ts';

const batchSize = 100;

/** What a model achieves on a set. */
export interface Evaluation {
  /** Fraction of images whose most probable class is the label, 0 … 1. */
  readonly accuracy: number;
  /** Mean cross-entropy of the true label, in nats. */
  readonly loss: number;
}

/** Logarithms of the class probabilities of every image, [n, 10] row-major. */
export async function predict(
  weights: Weights,
  set: ImageSet,
  architecture: Architecture = defaultArchitecture,
): Promise<Float32Array> {
  await startBackend();
  const infer = jit((parameters: Parameters, images: np.Array) =>
    nn.logSoftmax(forward(architecture, parameters, images), -1),
  );
  const parameters = toParameters(weights);
  const predictions = new Float32Array(set.count * classCount);
  for (let start = 0; start < set.count; start += batchSize) {
    const { images, targets } = makeBatch(set, { start, size: batchSize });
    targets.dispose();
    const rows = await toFloats(infer(tree.ref(parameters), images));
    const kept = Math.min(batchSize, set.count - start);
    predictions.set(rows.subarray(0, kept * classCount), start * classCount);
  }
  infer.dispose();
  tree.dispose(parameters);
  return predictions;
}

/**
 * Accuracy and mean loss of `weights` on `set`.
 * @throws RangeError when the set is empty
 */
export async function evaluate(
  weights: Weights,
  set: ImageSet,
  architecture: Architecture = defaultArchitecture,
): Promise<Evaluation> {
  if (set.count === 0) throw new RangeError('an empty set of images has no accuracy');
  const predictions = await predict(weights, set, architecture);
  let [right, loss] = [0, 0];
  set.labels.forEach((label, index) => {
    const row = predictions.subarray(index * classCount, (index + 1) * classCount);
    const truth = row[label]!;
    if (row.every((value, rival) => rival === label || value < truth)) right++;
    loss -= truth;
  });
  return { accuracy: right / set.count, loss: loss / set.count };
}
