// Named tensors: what a model's weights, gradients, curvatures and scores are to the reference.
// The order of the map is the order of the tensors, wherever an order matters (ties in the top-k).
import { checkFinite } from './checks.ts';
import { OperatorError } from './errors.ts';

/** Real numbers, in single or double precision. All arithmetic is done in double precision. */
export type Numbers = Float32Array | Float64Array;

/** A dense tensor, flattened row-major. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly data: Numbers;
}

/** Tensors by name; a `Map<string, Tensor>` is one. */
export type NamedTensors = ReadonlyMap<string, Tensor>;

/** How error messages call a tensor. */
export const tensorPlace = (name: string): string => `tensor "${name}"`;

/** The product of a shape's dimensions; 1 for a scalar, whose shape is []. */
export function elementCount(shape: readonly number[]): number {
  return shape.reduce((count, dimension) => count * dimension, 1);
}

/**
 * Checks that every shape is made of non-negative integers, holds as many entries as its data, and
 * that every entry is finite. `role` names the argument in the message ("weights").
 * @throws OperatorError `bad-shape`, `bad-length` or `bad-value`.
 */
export function checkTensors(tensors: NamedTensors, role: string): void {
  for (const [name, { shape, data }] of tensors) {
    const place = `${role}: ${tensorPlace(name)}`;
    if (!shape.every((dimension) => Number.isSafeInteger(dimension) && dimension >= 0)) {
      throw new OperatorError({
        code: 'bad-shape',
        place,
        problem: `shape is [${shape.join(', ')}]`,
        hint: 'every dimension must be a non-negative integer',
      });
    }
    if (elementCount(shape) !== data.length) {
      throw new OperatorError({
        code: 'bad-length',
        place,
        problem: `shape [${shape.join(', ')}] needs ${elementCount(shape)} entries, data has ${data.length}`,
        hint: 'flatten the whole tensor row-major, or correct its shape',
      });
    }
    checkFinite(data, place);
  }
}

/** The tensor of that name. @throws OperatorError `missing-tensor`, listing what there is. */
export function requireEntry<T>(entries: ReadonlyMap<string, T>, name: string, role: string): T {
  const entry = entries.get(name);
  if (entry === undefined) {
    throw new OperatorError({
      code: 'missing-tensor',
      place: tensorPlace(name),
      problem: `has no entry in ${role}, which has [${[...entries.keys()].join(', ')}]`,
      hint: `add it to ${role} under the same name`,
    });
  }
  return entry;
}

/** Checks that every name in `entries` is a weight's. @throws OperatorError `unknown-tensor`. */
export function checkNames(
  entries: ReadonlyMap<string, unknown>,
  weights: NamedTensors,
  role: string,
): void {
  for (const name of entries.keys()) {
    if (!weights.has(name)) {
      throw new OperatorError({
        code: 'unknown-tensor',
        place: `${role}: ${tensorPlace(name)}`,
        problem: `is not among the weights, which are [${[...weights.keys()].join(', ')}]`,
        hint: 'correct the name, or leave the entry out',
      });
    }
  }
}

/**
 * Checks that `tensors` has the names and the shapes of `weights`, and finite entries.
 * @throws OperatorError `missing-tensor`, `unknown-tensor`, `bad-shape`, `bad-length` or `bad-value`.
 */
export function checkAlike(tensors: NamedTensors, weights: NamedTensors, role: string): void {
  checkTensors(tensors, role);
  checkNames(tensors, weights, role);
  for (const [name, { shape }] of weights) {
    const other = requireEntry(tensors, name, role);
    if (other.shape.join() !== shape.join()) {
      throw new OperatorError({
        code: 'bad-shape',
        place: `${role}: ${tensorPlace(name)}`,
        problem: `shape [${other.shape.join(', ')}] differs from the weights' [${shape.join(', ')}]`,
        hint: 'compute it on the same layout as the weights',
      });
    }
  }
}
