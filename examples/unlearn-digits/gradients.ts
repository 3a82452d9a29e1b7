/**
 * Gradients of the true-label loss with respect to the tensors in scope, as vectors of length d:
 * the tensors one after another in the order of the scope, each flattened row-major.
 *
 *   g = (1/n) Σ_j g_j        F = (1/n) Σ_j g_j²        for per-example gradients g_j
 *
 * Per-example gradients come from giving every image its own copy of the matrices in scope.
 */
import { grad, jit, numpy as np, tree } from '@jax-js/jax';
import { defaultArchitecture, type Architecture } from './architecture.ts';
import type { ImageSet } from './images.ts';
import { makeBatch, summedLoss } from './loss.ts';
import { mlpScope, scopeLength } from './scope.ts';
import {
  startBackend,
  toFloats,
  toParameters,
  weightTensor,
  type Parameters,
  type Weights,
} from './weights.ts';

const batchSize = 32;

/** Per-example gradients: `data` is [count, length] row-major, `length` = d. */
export interface ExampleGradients {
  readonly count: number;
  readonly length: number;
  readonly data: Float32Array;
}

/** Mean gradient and diagonal empirical Fisher over a set, each [d]. */
export interface GradientStatistics {
  readonly mean: Float32Array;
  readonly fisher: Float32Array;
}

/**
 * The gradient of every example of `set`, [n, d]; about 4·n·d bytes are held in all.
 * @throws Error when a tensor in scope is not a matrix of the model
 */
export async function exampleGradients(
  weights: Weights,
  set: ImageSet,
  scope: readonly string[] = mlpScope(),
  architecture: Architecture = defaultArchitecture,
): Promise<ExampleGradients> {
  const length = scopeLength(weights, scope);
  const data = new Float32Array(set.count * length);
  await visitGradients(weights, set, scope, architecture, (index, gradient) =>
    data.set(gradient, index * length),
  );
  return { count: set.count, length, data };
}

/**
 * Mean gradient and diagonal empirical Fisher (without damping) over `set`; memory does not grow
 * with the set.
 * @throws RangeError when the set is empty; Error as {@link exampleGradients}
 */
export async function gradientStatistics(
  weights: Weights,
  set: ImageSet,
  scope: readonly string[] = mlpScope(),
  architecture: Architecture = defaultArchitecture,
): Promise<GradientStatistics> {
  if (set.count === 0) throw new RangeError('an empty set of images has no mean gradient');
  const length = scopeLength(weights, scope);
  const sum = new Float64Array(length);
  const squares = new Float64Array(length);
  await visitGradients(weights, set, scope, architecture, (_, gradient) => {
    for (let entry = 0; entry < length; entry++) {
      const slope = gradient[entry]!;
      sum[entry]! += slope;
      squares[entry]! += slope * slope;
    }
  });
  const mean = Float32Array.from(sum, (value) => value / set.count);
  return { mean, fisher: Float32Array.from(squares, (value) => value / set.count) };
}

/** Calls `visit` with the gradient [d] of each example; the visitor must not keep it. */
async function visitGradients(
  weights: Weights,
  set: ImageSet,
  scope: readonly string[],
  architecture: Architecture,
  visit: (index: number, gradient: Float32Array) => void,
): Promise<void> {
  for (const name of scope)
    if (weightTensor(weights, name).shape.length !== 2)
      throw new Error(`'${name}' is in scope and is not a matrix`);
  await startBackend();
  const derive = jit(batchGradients(scope, architecture));
  const parameters = toParameters(weights);
  const length = scopeLength(weights, scope);
  for (let start = 0; start < set.count; start += batchSize) {
    const { images, targets } = makeBatch(set, { start, size: batchSize });
    const rows = await toFloats(derive(tree.ref(parameters), images, targets));
    const kept = Math.min(batchSize, set.count - start);
    for (let row = 0; row < kept; row++)
      visit(start + row, rows.subarray(row * length, (row + 1) * length));
  }
  derive.dispose();
  tree.dispose(parameters);
}

/** The function from weights and a batch to the batch's per-example gradients, [batch, d]. */
function batchGradients(scope: readonly string[], architecture: Architecture) {
  return (parameters: Parameters, images: np.Array, targets: np.Array): np.Array => {
    const others = { ...parameters };
    const copies: Parameters = {};
    for (const name of scope) {
      const matrix = parameters[name]!;
      copies[name] = np.broadcastTo(matrix, [batchSize, ...matrix.shape]);
      delete others[name];
    }
    const loss = (own: Parameters): np.Array =>
      summedLoss(architecture, { ...others, ...own }, images, targets);
    const gradients = grad(loss)(copies);
    const rows = scope.map((name) => gradients[name]!.reshape([batchSize, -1]));
    return np.concatenate(rows, 1);
  };
}
