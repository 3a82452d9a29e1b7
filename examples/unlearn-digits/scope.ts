/**
 * The scope: the tensors that unlearning may change, and their entries as one vector of length d,
 * the tensors one after another, each flattened row-major.
 */
import {
  defaultArchitecture,
  firstMlpWeight,
  secondMlpWeight,
  type Architecture,
} from './architecture.ts';
import { weightTensor, type Weights } from './weights.ts';

/** Names of the tensors in scope: both MLP matrices of every block, or the first. */
export function mlpScope(
  architecture: Architecture = defaultArchitecture,
  matrices: 'first' | 'both' = 'both',
): string[] {
  return Array.from({ length: architecture.layers }, (_, layer) => layer).flatMap((layer) =>
    matrices === 'first'
      ? [firstMlpWeight(layer)]
      : [firstMlpWeight(layer), secondMlpWeight(layer)],
  );
}

/** d: the number of weights in scope. */
export function scopeLength(weights: Weights, scope: readonly string[]): number {
  return scope.reduce((sum, name) => sum + weightTensor(weights, name).data.length, 0);
}

/** The weights in scope as one vector [d]. */
export function scopeVector(weights: Weights, scope: readonly string[]): Float32Array {
  const vector = new Float32Array(scopeLength(weights, scope));
  let start = 0;
  for (const name of scope) {
    const { data } = weightTensor(weights, name);
    vector.set(data, start);
    start += data.length;
  }
  return vector;
}

/** A copy of `weights` whose tensors in scope hold the entries of `vector` [d]. */
export function withScopeVector(
  weights: Weights,
  scope: readonly string[],
  vector: Float32Array,
): Weights {
  const changed: Weights = new Map(weights);
  let start = 0;
  for (const name of scope) {
    const { shape, data } = weightTensor(weights, name);
    changed.set(name, { shape, data: vector.slice(start, start + data.length) });
    start += data.length;
  }
  return changed;
}

/** A vector [d] as tensors of the shapes that the weights in scope have. */
export function splitVector(
  weights: Weights,
  scope: readonly string[],
  vector: Float32Array,
): Weights {
  const changed = withScopeVector(weights, scope, vector);
  return new Map(scope.map((name) => [name, weightTensor(changed, name)]));
}
