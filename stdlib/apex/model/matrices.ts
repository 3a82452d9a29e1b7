// The matrices of a scope as [out, in], whichever way the file stores them.
import type { Numbers, Tensor } from '../reference/index.ts';
import type { Model } from './model.ts';
import { checkFinite } from './require.ts';
import { matrixShape, requireScopeTensor } from './scope.ts';
import type { ScopeTensor } from './scope.ts';

/**
 * One matrix of the scope as [out, in], flattened row-major; every entry is finite.
 * @throws FileError `missing-tensor`, `bad-shape`, `unknown-dtype`, `bad-value` (names the stored index), or of reading.
 */
export async function readMatrix(model: Model, tensor: ScopeTensor): Promise<Tensor> {
  const stored = requireScopeTensor(model, tensor);
  const data = await model.read(tensor.name);
  checkFinite(data, stored);
  return { shape: matrixShape(tensor), data: fromStored(tensor, data) };
}

/** From the order of the file to [out, in]. */
export const fromStored = ({ shape, orientation }: ScopeTensor, data: Numbers): Numbers =>
  orientation === 'out-in' ? data : transposed(data, shape[0], shape[1]);

/** From [out, in] to the order of the file. */
export const toStored = ({ shape, orientation }: ScopeTensor, data: Numbers): Numbers =>
  orientation === 'out-in' ? data : transposed(data, shape[1], shape[0]);

/** [rows, columns] as [columns, rows]. */
function transposed(data: Numbers, rows: number, columns: number): Numbers {
  const result = data.slice();
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) result[j * rows + i] = data[i * columns + j]!;
  }
  return result;
}
