// The partition into Fisher blocks: each tensor flattened row-major and cut into d_b consecutive
// entries, the last block of each tensor padded with zeros:
//   block b of a tensor = entries [b·d_b, min((b+1)·d_b, length)), then zeros.
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
  /** How many entries of the tensor it holds, 1 … size; the rest is padding. */
  readonly length: number;
  /** d_b. */
  readonly size: number;
}

/** A block with its d_b entries, padding included. */
export interface FilledBlock {
  readonly block: Block;
  readonly entries: Float64Array;
}

/** How error messages call a block. */
export const blockPlace = (block: Block): string =>
  `${tensorPlace(block.tensor)}, block ${block.index}`;

/**
 * The blocks of one flattened tensor, in order; none for an empty tensor.
 * @throws OperatorError `out-of-range` unless the block size is a positive integer.
 */
export function tensorBlocks(input: {
  readonly tensor: string;
  readonly length: number;
  readonly blockSize: number;
}): Block[] {
  const { tensor, length, blockSize } = input;
  checkBlockSize(blockSize);
  return Array.from({ length: Math.ceil(length / blockSize) }, (_, index) => {
    const start = index * blockSize;
    return { tensor, index, start, length: Math.min(blockSize, length - start), size: blockSize };
  });
}

/** The d_b entries of one block, zero-padded, out of its flattened tensor. */
export function blockEntries(data: ArrayLike<number>, block: Block): Float64Array {
  const entries = new Float64Array(block.size);
  for (let i = 0; i < block.length; i++) entries[i] = data[block.start + i]!;
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
  return [...tensors].flatMap(([tensor, { data }]) =>
    tensorBlocks({ tensor, length: data.length, blockSize }).map((block) => ({
      block,
      entries: blockEntries(data, block),
    })),
  );
}

/**
 * The inverse of {@link splitTensors}: puts blocks back together and drops the padding.
 * @param input.shapes names and shapes of the tensors to assemble; blocks may come in any order.
 * @throws OperatorError `unknown-tensor`, `bad-length`, `bad-value` (padding that is not zero), or
 *   `bad-coverage` unless every entry of every tensor is covered exactly once.
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
    checkLength(entries, block.size, blockPlace(block));
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
    if (i >= block.length) {
      if (entry === 0) return;
      throw new OperatorError({
        code: 'bad-value',
        place: blockPlace(block),
        problem: `padding entry ${i} is ${entry}`,
        hint: 'padding must stay zero: its mask bits and gradients are zero',
      });
    }
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
