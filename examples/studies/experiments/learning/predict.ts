// What a model says of a set: the logarithms of its probabilities.
import { jit, nn, type numpy as np, tree } from '@jax-js/jax';
import {
  startBackend,
  toArray,
  toFloats,
  toParameters,
  type Parameters,
  type Weights,
} from '../../../unlearn-digits/weights.ts';
import type { Examples } from './examples.ts';
import type { Learner } from './learner.ts';

const batchSize = 64;

type Inference = (parameters: Parameters, inputs: np.Array) => np.Array;
const compiled = new WeakMap<Learner, Inference>();

/** [count, places, classes]. */
export async function predict(
  learner: Learner,
  weights: Weights,
  set: Examples,
): Promise<Float32Array> {
  await startBackend();
  const infer = inferenceOf(learner);
  const parameters = toParameters(weights);
  const row = set.places * learner.classes;
  const predictions = new Float32Array(set.count * row);
  for (let first = 0; first < set.count; first += batchSize) {
    const kept = Math.min(batchSize, set.count - first);
    // The last batch is filled up, so that one program serves all.
    const inputs = new Float32Array(batchSize * set.width);
    inputs.set(set.inputs.subarray(first * set.width, (first + kept) * set.width));
    const rows = await toFloats(
      infer(tree.ref(parameters), toArray(inputs, [batchSize, set.width])),
    );
    predictions.set(rows.subarray(0, kept * row), first * row);
  }
  tree.dispose(parameters);
  return predictions;
}

function inferenceOf(learner: Learner): Inference {
  const known = compiled.get(learner);
  if (known) return known;
  const infer: Inference = jit((parameters: Parameters, inputs: np.Array) =>
    nn.logSoftmax(learner.logits(parameters, inputs), -1),
  );
  compiled.set(learner, infer);
  return infer;
}
