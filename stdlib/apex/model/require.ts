// Checks on the tensors of a model, before anything of them is read.
import { FileError } from '../../../compiler/files/index.ts';
import type { Model, ModelTensor } from './model.ts';

const weightDtypes: ReadonlySet<string> = new Set(['F64', 'F32', 'F16', 'BF16']);

/** How messages show a shape. */
export const showShape = (shape: readonly number[]): string => `[${shape.join(', ')}]`;

/** At most `limit` names, for a message. */
export function showNames(names: Iterable<string>, limit = 6): string {
  const all = [...names];
  const more = all.length > limit ? `, … (${all.length} in all)` : '';
  return all.length === 0 ? 'none' : `${all.slice(0, limit).join(', ')}${more}`;
}

/** The tensor of that name. @throws FileError `missing-tensor`. */
export function requireTensor(
  model: Pick<Model, 'path' | 'tensors'>,
  name: string,
  hint = `use a name that the model has: ${showNames(model.tensors.keys())}`,
): ModelTensor {
  const tensor = model.tensors.get(name);
  if (tensor !== undefined) return tensor;
  const problem = 'is missing';
  throw new FileError({ code: 'missing-tensor', file: model.path, tensor: name, problem, hint });
}

/** @throws FileError `unknown-dtype` unless the tensor holds floating-point numbers. */
export function checkWeightDtype({ name, dtype, file }: ModelTensor): void {
  if (weightDtypes.has(dtype)) return;
  const problem = `${dtype} is no dtype for weights`;
  const hint = 'store weights and gradients as F32, F16, BF16 or F64';
  throw new FileError({ code: 'unknown-dtype', file, tensor: name, problem, hint });
}

/** @throws FileError `bad-shape` unless the shapes are equal; `wanted` says what asks for it. */
export function checkShape(tensor: ModelTensor, expected: readonly number[], wanted: string): void {
  if (tensor.shape.join() === expected.join()) return;
  const { name, file } = tensor;
  const problem = `shape is ${showShape(tensor.shape)}, ${wanted} ${showShape(expected)}`;
  const hint = 'give files that belong to the same model';
  throw new FileError({ code: 'bad-shape', file, tensor: name, problem, hint });
}

/**
 * @param values elements of `tensor`, of which the first is number `first`.
 * @throws FileError `bad-value` at the first NaN or infinity, naming its index in each dimension.
 */
export function checkFinite(values: ArrayLike<number>, tensor: ModelTensor, first = 0): void {
  for (let i = 0; i < values.length; i++) {
    if (Number.isFinite(values[i])) continue;
    const problem = `element ${showShape(position(first + i, tensor.shape))} is ${values[i]}`;
    const hint = 'only finite numbers can be used: look for a diverged or overflowed training run';
    const { name, file } = tensor;
    throw new FileError({ code: 'bad-value', file, tensor: name, problem, hint });
  }
}

/** The index in each dimension of element number `flat`. */
export function position(flat: number, shape: readonly number[]): number[] {
  const index: number[] = [];
  let rest = flat;
  for (const size of shape.toReversed()) {
    index.unshift(rest % size);
    rest = Math.floor(rest / size);
  }
  return index;
}
