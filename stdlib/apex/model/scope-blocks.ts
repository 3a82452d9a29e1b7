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

/** A weight as an entry of a block. */
export interface BlockEntry {
  /** The number of the block. */
  readonly number: number;
  /** 0 … length − 1. */
  readonly entry: number;
}

/** From numbers of blocks and positions of weights to places, and back, without listing millions of them. */
export interface BlockNumbering {
  readonly count: number;
  /** The block of that number, and the position of its entry 0 in the scope. @throws RangeError. */
  at(number: number): Block & { readonly first: number };
  /** Where the weight of that position stands. @throws RangeError. */
  of(position: number): BlockEntry;
  /** The numbers of a tensor's blocks. @throws RangeError. */
  rangeOf(tensor: string): BlockRange;
}

/** How many blocks one matrix has: those of a row, the last of which may be shorter, times its rows. */
export function tensorBlockCount(tensor: ScopeTensor, { blockSize }: Scope): number {
  const [rows, width] = matrixShape(tensor);
  return rows * Math.ceil(width / blockSize);
}

/** How many blocks the scope has. */
export const blockCount = (scope: Scope): number =>
  scope.tensors.reduce((count, tensor) => count + tensorBlockCount(tensor, scope), 0);

export function blockNumbering(scope: Scope): BlockNumbering {
  const { blockSize } = scope;
  let [block, position] = [0, 0];
  const matrices = scope.tensors.map((tensor) => {
    const [rows, width] = matrixShape(tensor);
    const matrix = {
      name: tensor.name,
      block,
      position,
      width,
      perRow: Math.ceil(width / blockSize),
    };
    block += rows * matrix.perRow;
    position += rows * width;
    return matrix;
  });
  const [count, weights] = [block, position];
  const byName = new Map(scope.tensors.map((tensor, i) => [tensor.name, { tensor, i }]));
  return {
    count,
    rangeOf(name) {
      const found = byName.get(name);
      if (found === undefined) throw new RangeError(`tensor "${name}" is not in the scope`);
      return { first: matrices[found.i]!.block, count: tensorBlockCount(found.tensor, scope) };
    },
    at(number) {
      if (!isIndex(number, count)) throw new RangeError(`block ${number} of ${count}`);
      const { name, block, position, width, perRow } = lastUpTo(matrices, 'block', number);
      const index = number - block;
      const column = (index % perRow) * blockSize;
      const start = Math.floor(index / perRow) * width + column;
      const length = Math.min(blockSize, width - column);
      return { tensor: name, index, start, length, first: position + start };
    },
    of(at) {
      if (!isIndex(at, weights)) throw new RangeError(`position ${at} of ${weights}`);
      const { block, position, width, perRow } = lastUpTo(matrices, 'position', at);
      const column = (at - position) % width;
      const row = Math.floor((at - position) / width);
      const number = block + row * perRow + Math.floor(column / blockSize);
      return { number, entry: column % blockSize };
    },
  };
}

/** The last of the places, which ascend from 0, whose `key` is at most `value`. */
function lastUpTo<K extends string, T extends Readonly<Record<K, number>>>(
  places: readonly T[],
  key: K,
  value: number,
): T {
  let [low, high] = [0, places.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (places[middle]![key] <= value) low = middle;
    else high = middle;
  }
  return places[low]!;
}

const isIndex = (value: number, count: number): boolean =>
  Number.isSafeInteger(value) && value >= 0 && value < count;

/** All blocks with their numbers, in order; no weight is read. */
export function* listBlocks(scope: Scope): Generator<{ number: number; block: Block }> {
  let number = 0;
  const { tensors, blockSize } = scope;
  for (const tensor of tensors) {
    const shape = matrixShape(tensor);
    for (const block of tensorBlocks({ tensor: tensor.name, shape, blockSize })) {
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
