// First and second derivatives of the forget loss, out of a file: what the mask is made of (eq. 15).
import { FileError } from '../../../compiler/files/index.ts';
import type { Tensor } from '../reference/index.ts';
import { gradientNames } from './gradient-names.ts';
import { openGradients, requireGradient, unusedNames } from './gradient-store.ts';
import { fromStored } from './matrices.ts';
import type { Model } from './model.ts';
import { checkFinite, position, showShape } from './require.ts';
import { matrixShape } from './scope.ts';
import type { Scope, ScopeTensor } from './scope.ts';

/** The statistics of one matrix as [out, in], on one data set. */
export interface MatrixStatistics {
  /** g, the mean gradient. */
  readonly mean: Tensor;
  /** The diagonal empirical Fisher, undamped, never negative. */
  readonly fisher: Tensor;
}

/** An opened file. */
export interface ForgetStatistics {
  /** Whether the file also has the statistics of retained data, for the score `ratio`. */
  readonly retained: boolean;
  /** Tensors for weights outside the scope: they are not read. */
  readonly unused: readonly string[];
  /** On the forget set. @throws FileError `bad-value` for NaN, infinities and a negative Fisher. */
  read(tensor: ScopeTensor): Promise<MatrixStatistics>;
  /** On retained data. @throws FileError `missing-tensor` if the file has none; `bad-value`. */
  readRetained(tensor: ScopeTensor): Promise<MatrixStatistics>;
}

/**
 * @param path a file, an index of several, or a folder, as for models; names as in `gradientNames`.
 * @throws FileError `missing-tensor`, `unknown-tensor`, `bad-shape`, `unknown-dtype`, or as `openModel`.
 */
export async function openForgetStatistics(path: string, scope: Scope): Promise<ForgetStatistics> {
  const { mean, fisher, retainMean, retainFisher } = gradientNames;
  const store = await openGradients(path);
  const unused = unusedNames(store, [retainMean, retainFisher, mean, fisher], scope);
  const names = [...store.tensors.keys()];
  const retained = names.some(
    (name) => name.startsWith(retainMean) || name.startsWith(retainFisher),
  );
  for (const tensor of scope.tensors) {
    const prefixes = retained ? [mean, fisher, retainMean, retainFisher] : [mean, fisher];
    for (const prefix of prefixes) requireGradient(store, prefix, tensor);
  }
  const read = async (tensor: ScopeTensor, first: string, second: string) => ({
    mean: await readOne(store, first, tensor),
    fisher: await readOne(store, second, tensor, true),
  });
  return {
    retained,
    unused,
    read: (tensor) => read(tensor, mean, fisher),
    readRetained: (tensor) => read(tensor, retainMean, retainFisher),
  };
}

async function readOne(
  store: Model,
  prefix: string,
  tensor: ScopeTensor,
  isFisher = false,
): Promise<Tensor> {
  const stored = requireGradient(store, prefix, tensor);
  const data = await store.read(stored.name);
  checkFinite(data, stored);
  const negative = isFisher ? data.findIndex((value) => value < 0) : -1;
  if (negative >= 0) {
    const { name, file, shape } = stored;
    const problem = `element ${showShape(position(negative, shape))} is ${data[negative]}`;
    const hint =
      'a Fisher is a mean of squares: write (grad ** 2) averaged over examples, undamped';
    throw new FileError({ code: 'bad-value', file, tensor: name, problem, hint });
  }
  return { shape: matrixShape(tensor), data: fromStored(tensor, data) };
}
