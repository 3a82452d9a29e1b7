// The partition into Fisher blocks. Only weights of one row of a matrix compensate for each other, so no block straddles
// rows: each row (the last axis) is cut into d_b consecutive entries, and its last block may be shorter:
//   block b of row r = entries [r·n + b·d_b, r·n + min((b + 1)·d_b, n)) of the flattened tensor, n the row's length.
import { checkBlockSize, checkLength } from './checks.ts';
import { OperatorError } from './errors.ts';
import { checkTensors, elementCount, tensorPlace } from './named-tensors.ts';
import type { NamedTensors, Tensor } from './named-tensors.ts';

/** Where one Fisher block lies. */
export interface Block {
  readonly tensor: string;
  /** Its number within the tensor, from 0. */
  readonly index: number;
  /** Its first entry in the flattened tensor. */
  readonly start: number;
  /** How many entries it has, 1 … d_b. */
  readonly length: number;
}

/** A block with its `length` entries. */
export interface FilledBlock {
  readonly block: Block;
  readonly entries: Float64Array;
}

/** How error messages call a block. */
export const blockPlace = (block: Block): string =>
  `${tensorPlace(block.tensor)}, block ${block.index}`;

/**
 * The blocks of one tensor, in order; none for an empty tensor. A scalar is a row of one entry.
 * @throws OperatorError `out-of-range` unless the block size is a positive integer.
 */
export function tensorBlocks(input: {
  readonly tensor: string;
  readonly shape: readonly number[];
  readonly blockSize: number;
}): Block[] {
  const { tensor, shape, blockSize } = input;
  checkBlockSize(blockSize);
  const width = shape.at(-1) ?? 1;
  const perRow = Math.ceil(width / blockSize);
  const rows = elementCount(shape.slice(0, -1));
  return Array.from({ length: rows * perRow }, (_, index) => {
    const row = Math.floor(index / perRow);
    const column = (index % perRow) * blockSize;
    const length = Math.min(blockSize, width - column);
    return { tensor, index, start: row * width + column, length };
  });
}

/** The entries of one block out of its flattened tensor. */
export function blockEntries(data: ArrayLike<number>, { start, length }: Block): Float64Array {
  const entries = new Float64Array(length);
  for (let i = 0; i < length; i++) entries[i] = data[start + i]!;
  return entries;
}

/**
 * All blocks of all tensors, in the map's order.
 * @throws OperatorError `out-of-range` for the block size, or as `checkTensors`.
 */
export function splitTensors(input: {
  readonly tensors: NamedTensors;
  readonly blockSize: number;
}): FilledBlock[] {
  const { tensors, blockSize } = input;
  checkTensors(tensors, 'tensors');
  return [...tensors].flatMap(([tensor, { shape, data }]) =>
    tensorBlocks({ tensor, shape, blockSize }).map((block) => ({
      block,
      entries: blockEntries(data, block),
    })),
  );
}

/**
 * The inverse of {@link splitTensors}: puts blocks back together.
 * @param input.shapes names and shapes of the tensors to assemble; blocks may come in any order.
 * @throws OperatorError `unknown-tensor`, `bad-length`, or `bad-coverage` unless every entry of every tensor is covered exactly once.
 */
export function assembleTensors(input: {
  readonly blocks: readonly FilledBlock[];
  readonly shapes: ReadonlyMap<string, readonly number[]>;
}): NamedTensors {
  const tensors = new Map<string, Tensor>();
  const covered = new Map<string, Uint8Array>();
  for (const [name, shape] of input.shapes) {
    tensors.set(name, { shape, data: new Float64Array(elementCount(shape)) });
    covered.set(name, new Uint8Array(elementCount(shape)));
  }
  for (const { block, entries } of input.blocks) {
    const target = tensors.get(block.tensor)?.data;
    if (target === undefined) {
      throw new OperatorError({
        code: 'unknown-tensor',
        place: blockPlace(block),
        problem: `no shape is given; shapes has [${[...input.shapes.keys()].join(', ')}]`,
        hint: 'give the shape of every tensor that has a block',
      });
    }
    checkLength(entries, block.length, blockPlace(block));
    placeBlock({ block, entries }, target, covered.get(block.tensor)!);
  }
  for (const [name, marks] of covered) {
    const hole = marks.indexOf(0);
    if (hole >= 0) throw coverageError(tensorPlace(name), `entry ${hole} lies in no block`);
  }
  return tensors;
}

function placeBlock({ block, entries }: FilledBlock, data: Tensor['data'], marks: Uint8Array) {
  entries.forEach((entry, i) => {
    const at = block.start + i;
    if (at < 0 || at >= data.length) {
      throw coverageError(blockPlace(block), `entry ${at} lies outside the tensor`);
    }
    if (marks[at] === 1) throw coverageError(blockPlace(block), `entry ${at} is covered twice`);
    data[at] = entry;
    marks[at] = 1;
  });
}

const coverageError = (place: string, problem: string) =>
  new OperatorError({
    code: 'bad-coverage',
    place,
    problem,
    hint: 'give every block of splitTensors exactly once, with the shapes that were split',
  });
