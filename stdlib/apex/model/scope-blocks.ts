// The Fisher blocks of a whole scope, numbered from 0 in the scope's order, and the weights in them.
import { assembleTensors, splitTensors, tensorBlocks } from '../reference/index.ts';
import type { Block, FilledBlock, NamedTensors, Tensor } from '../reference/index.ts';
import { readMatrix } from './matrices.ts';
import type { Model } from './model.ts';
import { matrixShape } from './scope.ts';
import type { Scope, ScopeTensor } from './scope.ts';

/** Consecutive blocks. */
export interface BlockRange {
  readonly first: number;
  readonly count: number;
}

/** From numbers of blocks to places, and back, without listing millions of them. */
export interface BlockNumbering {
  readonly count: number;
  /** The block of that number. @throws RangeError. */
  at(number: number): Block;
  /** The number of a tensor's block. @throws RangeError. */
  numberOf(tensor: string, index: number): number;
  /** The numbers of a tensor's blocks. @throws RangeError. */
  rangeOf(tensor: string): BlockRange;
}

/** How many blocks one matrix has; its last one may be padded. */
export const tensorBlockCount = ({ shape }: ScopeTensor, { blockSize }: Scope): number =>
  Math.ceil((shape[0] * shape[1]) / blockSize);

/** How many blocks the scope has. */
export const blockCount = (scope: Scope): number =>
  scope.tensors.reduce((count, tensor) => count + tensorBlockCount(tensor, scope), 0);

export function blockNumbering(scope: Scope): BlockNumbering {
  const count = blockCount(scope);
  const ranges = new Map<string, BlockRange>();
  let first = 0;
  for (const tensor of scope.tensors) {
    const own = tensorBlockCount(tensor, scope);
    ranges.set(tensor.name, { first, count: own });
    first += own;
  }
  const rangeOf = (tensor: string): BlockRange => {
    const range = ranges.get(tensor);
    if (range === undefined) throw new RangeError(`tensor "${tensor}" is not in the scope`);
    return range;
  };
  return {
    count,
    rangeOf,
    numberOf(tensor, index) {
      const range = rangeOf(tensor);
      if (isIndex(index, range.count)) return range.first + index;
      throw new RangeError(`block ${index} of tensor "${tensor}", which has ${range.count}`);
    },
    at(number) {
      if (!isIndex(number, count)) throw new RangeError(`block ${number} of ${count}`);
      const tensor = scope.tensors.findLast(({ name }) => ranges.get(name)!.first <= number)!;
      const index = number - ranges.get(tensor.name)!.first;
      const start = index * scope.blockSize;
      const length = Math.min(scope.blockSize, tensor.shape[0] * tensor.shape[1] - start);
      return { tensor: tensor.name, index, start, length, size: scope.blockSize };
    },
  };
}

const isIndex = (value: number, count: number): boolean =>
  Number.isSafeInteger(value) && value >= 0 && value < count;

/** All blocks with their numbers, in order; no weight is read. */
export function* listBlocks(scope: Scope): Generator<{ number: number; block: Block }> {
  let number = 0;
  for (const { name, shape } of scope.tensors) {
    const length = shape[0] * shape[1];
    for (const block of tensorBlocks({ tensor: name, length, blockSize: scope.blockSize })) {
      yield { number: number++, block };
    }
  }
}

/** The blocks of one matrix that was read as [out, in]. @throws OperatorError as `splitTensors`. */
export const splitMatrix = (tensor: ScopeTensor, matrix: Tensor, scope: Scope): FilledBlock[] =>
  splitTensors({ tensors: new Map([[tensor.name, matrix]]), blockSize: scope.blockSize });

/** All blocks of a model with their weights; one matrix is held at a time. @throws as `readMatrix`. */
export async function* readBlocks(
  model: Model,
  scope: Scope,
): AsyncGenerator<FilledBlock & { readonly number: number }> {
  let number = 0;
  for (const tensor of scope.tensors) {
    for (const filled of splitMatrix(tensor, await readMatrix(model, tensor), scope)) {
      yield { number: number++, ...filled };
    }
  }
}

/**
 * Puts all blocks of the scope together: [out, in] by name. Any order, but each exactly once.
 * @throws OperatorError as `assembleTensors`.
 */
export const assembleScope = (scope: Scope, blocks: readonly FilledBlock[]): NamedTensors =>
  assembleTensors({
    blocks,
    shapes: new Map(scope.tensors.map((tensor) => [tensor.name, matrixShape(tensor)])),
  });
