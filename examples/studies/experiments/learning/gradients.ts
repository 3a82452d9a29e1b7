// Gradients of the true-label loss of each example, a sum over its places, with respect to the matrices in scope. They
// come from giving every example its own copy of the matrices.
import { grad, jit, nn, numpy as np, tree } from '@jax-js/jax';
import type { ExampleGradients } from '../../../../stdlib/apex/reference/index.ts';
import {
  startBackend,
  toArray,
  toFloats,
  toParameters,
  type Parameters,
  type Weights,
} from '../../../unlearn-digits/weights.ts';
import { oneHot, type Examples } from './examples.ts';
import type { Learner } from './learner.ts';

const batchSize = 16;

/** Mean gradient and mean squared gradient, by tensor. */
export interface GradientStatistics {
  readonly mean: Weights;
  readonly fisher: Weights;
}

/** By tensor in scope, one row for each example; 4·n·d bytes in all. */
export async function exampleGradients(
  learner: Learner,
  weights: Weights,
  set: Examples,
): Promise<ExampleGradients> {
  const rows = new Map(learner.scope.map((name): [string, Float32Array[]] => [name, []]));
  await visitGradients(learner, weights, set, (name, gradient) =>
    rows.get(name)!.push(gradient.slice()),
  );
  return rows;
}

/** The same without holding more than a batch. */
export async function gradientStatistics(
  learner: Learner,
  weights: Weights,
  set: Examples,
): Promise<GradientStatistics> {
  const zeros = (): Weights =>
    new Map(
      learner.scope.map((name) => {
        const { shape, data } = weights.get(name)!;
        return [name, { shape, data: new Float32Array(data.length) }];
      }),
    );
  const [mean, fisher] = [zeros(), zeros()];
  await visitGradients(learner, weights, set, (name, gradient) => {
    const [sum, squares] = [mean.get(name)!.data, fisher.get(name)!.data];
    gradient.forEach((slope, entry) => {
      sum[entry]! += slope / set.count;
      squares[entry]! += (slope * slope) / set.count;
    });
  });
  return { mean, fisher };
}

/** Calls `visit` for each example and tensor; the visitor must not keep the gradient. */
async function visitGradients(
  learner: Learner,
  weights: Weights,
  set: Examples,
  visit: (name: string, gradient: Float32Array) => void,
): Promise<void> {
  await startBackend();
  const derive = jit(gradientsOf(learner));
  const parameters = toParameters(weights);
  const row = set.places * learner.classes;
  const labels = oneHot(set, learner.classes);
  for (let first = 0; first < set.count; first += batchSize) {
    const kept = Math.min(batchSize, set.count - first);
    // What fills the last batch has no label, and no gradient.
    const inputs = new Float32Array(batchSize * set.width);
    inputs.set(set.inputs.subarray(first * set.width, (first + kept) * set.width));
    const targets = new Float32Array(batchSize * row);
    targets.set(labels.subarray(first * row, (first + kept) * row));
    const gradients = derive(
      tree.ref(parameters),
      toArray(inputs, [batchSize, set.width]),
      toArray(targets, [batchSize, set.places, learner.classes]),
    );
    for (const name of learner.scope) {
      const { length } = weights.get(name)!.data;
      const rows = await toFloats(gradients[name]!);
      for (let k = 0; k < kept; k++) visit(name, rows.subarray(k * length, (k + 1) * length));
    }
  }
  derive.dispose();
  tree.dispose(parameters);
}

/** From weights and a batch to the gradient of each matrix's copies, [n, out, in]. */
function gradientsOf(learner: Learner) {
  return (parameters: Parameters, inputs: np.Array, targets: np.Array): Parameters => {
    const [count] = targets.shape as [number];
    const others = { ...parameters };
    const copies: Parameters = {};
    for (const name of learner.scope) {
      const matrix = parameters[name]!;
      copies[name] = np.broadcastTo(matrix, [count, ...matrix.shape]);
      delete others[name];
    }
    const loss = (own: Parameters): np.Array =>
      nn
        .logSoftmax(learner.logits({ ...others, ...own }, inputs), -1)
        .mul(targets)
        .sum()
        .neg();
    return grad(loss)(copies);
  };
}
