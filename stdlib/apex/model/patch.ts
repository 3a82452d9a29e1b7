// New weights for some blocks of a model; all other weights are read again from the disk.
import { OperatorError } from '../reference/index.ts';
import type { FilledBlock, Numbers, Tensor } from '../reference/index.ts';
import { blockPlace } from '../reference/blocks.ts';
import { checkLength } from '../reference/checks.ts';
import { readMatrix } from './matrices.ts';
import type { Model } from './model.ts';
import { blockNumbering } from './scope-blocks.ts';
import type { Scope, ScopeTensor } from './scope.ts';

/**
 * A matrix with some of its blocks exchanged; the others keep their weights.
 * @param matrix as read, [out, in]; it is not changed.
 * @param changed blocks of this very tensor, each at most once.
 * @returns doubles, so that what was proved is not rounded here.
 * @throws OperatorError `bad-coverage` (a block of another tensor or partition, or given twice) or `bad-length`.
 */
export function patchMatrix(
  tensor: ScopeTensor,
  matrix: Tensor,
  changed: readonly FilledBlock[],
  scope: Scope,
): Numbers {
  const numbering = blockNumbering(scope);
  const { first, count } = numbering.rangeOf(tensor.name);
  const data = Float64Array.from(matrix.data);
  const seen = new Set<number>();
  for (const { block, entries } of changed) {
    const refuse = (problem: string): never => {
      const hint = `give blocks of tensor "${tensor.name}" as splitMatrix cuts them, each once`;
      throw new OperatorError({ code: 'bad-coverage', place: blockPlace(block), problem, hint });
    };
    const { index, start, length } = block;
    const inside = Number.isInteger(index) && index >= 0 && index < count;
    const known = inside ? numbering.at(first + index) : undefined;
    if (
      known === undefined ||
      block.tensor !== known.tensor ||
      start !== known.start ||
      length !== known.length
    ) {
      return refuse(`is no block of tensor "${tensor.name}"`);
    }
    if (seen.has(index)) refuse('is given twice');
    seen.add(index);
    checkLength(entries, length, blockPlace(block));
    data.set(entries, start);
  }
  return data;
}

/**
 * The weights of a model with some blocks exchanged, as `writeModel` asks for them: one matrix at a time.
 * @throws OperatorError `unknown-tensor` at once; as {@link patchMatrix} and `readMatrix` when a matrix is asked for.
 */
export function patchedWeights(
  model: Model,
  scope: Scope,
  changed: Iterable<FilledBlock>,
): (tensor: ScopeTensor) => Promise<Numbers> {
  const byTensor = new Map(scope.tensors.map(({ name }) => [name, [] as FilledBlock[]]));
  for (const filled of changed) {
    const own = byTensor.get(filled.block.tensor);
    if (own === undefined) {
      const problem = 'its tensor is not in the scope';
      const hint = 'give blocks of the scope only';
      const place = blockPlace(filled.block);
      throw new OperatorError({ code: 'unknown-tensor', place, problem, hint });
    }
    own.push(filled);
  }
  return async (tensor) =>
    patchMatrix(tensor, await readMatrix(model, tensor), byTensor.get(tensor.name) ?? [], scope);
}
