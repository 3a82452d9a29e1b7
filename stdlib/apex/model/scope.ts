// Which weights unlearning may touch: matrices of a model in an order, cut into Fisher blocks.
//   The order of the tensors is the order of the blocks, and of ties in the mask: it follows from the names alone.
import { FileError } from '../../../compiler/files/index.ts';
import type { Model, ModelTensor } from './model.ts';
import { checkShape, checkWeightDtype, requireTensor, showShape } from './require.ts';

/** How a file stores a matrix: PyTorch's Linear is `out-in`, Conv1D of GPT-2 and Keras's Dense are `in-out`. */
export type Orientation = 'out-in' | 'in-out';

/** One matrix in scope. */
export interface ScopeTensor {
  readonly name: string;
  /** As stored. */
  readonly shape: readonly [number, number];
  readonly orientation: Orientation;
}

/** All of them. Blocks are cut from each matrix as [out, in], row-major. */
export interface Scope {
  readonly tensors: readonly ScopeTensor[];
  /** d_b, the weights per Fisher block. */
  readonly blockSize: number;
}

/** The shape [out, in] of a matrix, in which blocks are cut. */
export const matrixShape = ({ shape, orientation }: ScopeTensor): readonly [number, number] =>
  orientation === 'out-in' ? shape : [shape[1], shape[0]];

/** How many weights are in scope. */
export const weightCount = ({ tensors }: Scope): number =>
  tensors.reduce((count, { shape }) => count + shape[0] * shape[1], 0);

/**
 * A tensor of the model as one of a scope.
 * @throws FileError `missing-tensor`, `bad-shape` (no matrix, or an empty one), `unknown-dtype`.
 */
export function scopeTensor(model: Model, name: string, orientation: Orientation): ScopeTensor {
  const tensor = requireTensor(model, name);
  const [rows, columns, ...more] = tensor.shape;
  if (rows === undefined || columns === undefined || more.length > 0 || tensor.count === 0) {
    const problem = `shape is ${showShape(tensor.shape)}, a matrix is needed`;
    const hint = 'only matrices can be in scope: name the weight of a linear layer';
    throw new FileError({ code: 'bad-shape', file: tensor.file, tensor: name, problem, hint });
  }
  checkWeightDtype(tensor);
  return { name, shape: [rows, columns], orientation };
}

/** The model's tensor that the scope means. @throws FileError `missing-tensor` or `bad-shape`. */
export function requireScopeTensor(model: Model, { name, shape }: ScopeTensor): ModelTensor {
  const tensor = requireTensor(model, name, 'the scope was made for another model');
  checkShape(tensor, shape, 'the scope was made for');
  return tensor;
}

/** Checks that a model has every matrix of a scope. @throws FileError `missing-tensor`, `bad-shape` or `unknown-dtype`. */
export function checkScope(model: Model, scope: Scope): void {
  for (const tensor of scope.tensors) checkWeightDtype(requireScopeTensor(model, tensor));
}
