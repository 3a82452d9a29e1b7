// A file of gradients as named tensors, checked against a scope.
import type { Scope, ScopeTensor } from './scope.ts';
import { FileError } from '../../../compiler/files/index.ts';
import { locate } from './locate.ts';
import type { Model, ModelTensor } from './model.ts';
import { checkShape, checkWeightDtype, requireTensor, showNames } from './require.ts';
import { openTensors } from './stored-model.ts';

/** A file, an index of several, or a folder, as for models. @throws as `openModel`. */
export const openGradients = async (path: string): Promise<Model> =>
  openTensors(path, await locate(path));

/**
 * The tensor that belongs to a weight.
 * @param leading dimensions before those of the weight.
 * @throws FileError `missing-tensor`, `bad-shape` or `unknown-dtype`.
 */
export function requireGradient(
  store: Model,
  prefix: string,
  { name, shape }: ScopeTensor,
  leading: readonly number[] = [],
): ModelTensor {
  const hint = `every weight in scope needs one, named ${prefix}<weight>; the file has ${showNames(store.tensors.keys())}`;
  const tensor = requireTensor(store, `${prefix}${name}`, hint);
  checkWeightDtype(tensor);
  checkShape(tensor, [...leading, ...shape], `for ${name} it is`);
  return tensor;
}

/**
 * The names of tensors for weights outside the scope, which are not read.
 * @throws FileError `unknown-tensor` for a name without one of the prefixes.
 */
export function unusedNames(store: Model, prefixes: readonly string[], scope: Scope): string[] {
  const used = new Set(scope.tensors.flatMap(({ name }) => prefixes.map((each) => each + name)));
  const unused = [...store.tensors.keys()].filter((name) => !used.has(name));
  const stranger = unused.find((name) => !prefixes.some((prefix) => name.startsWith(prefix)));
  if (stranger === undefined) return unused;
  const problem = `begins with none of ${prefixes.join(', ')}`;
  const hint = 'name it as docs/bring-your-model.md says, or leave it out';
  throw new FileError({
    code: 'unknown-tensor',
    file: store.path,
    tensor: stranger,
    problem,
    hint,
  });
}
