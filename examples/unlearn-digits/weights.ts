/**
 * Weights of a model outside jax-js, and their passage into it and out of it.
 *
 * Arrays of jax-js are linear: each use consumes one reference. Here `toParameters` creates
 * arrays that the caller owns, and `fromParameters` consumes the ones that it is given.
 */
import { defaultDevice, init, numpy as np } from '@jax-js/jax';

/** A named tensor's shape and its entries, row-major. */
export interface WeightTensor {
  readonly shape: number[];
  readonly data: Float32Array;
}

/** The weights of a model by name; matrices are [out, in]. */
export type Weights = Map<string, WeightTensor>;

/** The same weights as arrays of jax-js. */
export type Parameters = Record<string, np.Array>;

/** Starts the WebAssembly device of jax-js and makes it the default; later calls do nothing. */
export async function startBackend(): Promise<void> {
  await init('wasm');
  defaultDevice('wasm');
}

/** Copies weights into jax-js. The caller disposes the arrays. */
export function toParameters(weights: Weights): Parameters {
  const parameters: Parameters = {};
  for (const [name, { shape, data }] of weights) parameters[name] = toArray(data, shape);
  return parameters;
}

/** Copies parameters out of jax-js and disposes the arrays. */
export async function fromParameters(parameters: Parameters): Promise<Weights> {
  const weights: Weights = new Map();
  for (const [name, array] of Object.entries(parameters)) {
    const shape = [...array.shape];
    weights.set(name, { shape, data: await toFloats(array) });
  }
  return weights;
}

/** Copies numbers into a new array of jax-js of the given shape. */
export function toArray(data: Float32Array, shape: number[]): np.Array {
  return np.array(new Float32Array(data), { shape });
}

/** Copies an array out of jax-js and disposes it. */
export async function toFloats(array: np.Array): Promise<Float32Array> {
  return new Float32Array(await array.data());
}

/**
 * The tensor called `name`.
 * @throws Error when there is none
 */
export function weightTensor(weights: Weights, name: string): WeightTensor {
  const tensor = weights.get(name);
  if (tensor === undefined) throw new Error(`the model has no weights called '${name}'`);
  return tensor;
}

/** Tensors of any numbers as weights, in single precision. */
export const toWeights = (
  tensors: ReadonlyMap<
    string,
    { readonly shape: readonly number[]; readonly data: ArrayLike<number> }
  >,
): Weights =>
  new Map(
    [...tensors].map(([name, { shape, data }]) => [
      name,
      { shape: [...shape], data: Float32Array.from(data) },
    ]),
  );
