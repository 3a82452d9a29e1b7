import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  assembleTensors,
  splitTensors,
  tensorBlocks,
} from '../../../../stdlib/apex/reference/index.ts';
import type { NamedTensors } from '../../../../stdlib/apex/reference/index.ts';
import { numRuns, randomTensors } from './arbitraries.ts';

const shapesOf = (tensors: NamedTensors) =>
  new Map([...tensors].map(([name, { shape }]) => [name, shape]));

const example: NamedTensors = new Map([
  ['fc1', { shape: [2, 4], data: Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8) }],
  ['fc2', { shape: [1], data: Float64Array.of(9) }],
]);

describe('splitTensors', () => {
  test('cuts each row of each tensor by itself; the last block of a row may be shorter', () => {
    const blocks = splitTensors({ tensors: example, blockSize: 3 });
    expect(blocks.map(({ entries }) => [...entries])).toEqual([
      [1, 2, 3],
      [4],
      [5, 6, 7],
      [8],
      [9],
    ]);
    expect(blocks[2]!.block).toEqual({ tensor: 'fc1', index: 2, start: 4, length: 3 });
  });

  test('assembly is its inverse, whatever the order of the blocks', () => {
    fc.assert(
      fc.property(randomTensors, fc.integer({ min: 1, max: 9 }), (tensors, blockSize) => {
        const blocks = splitTensors({ tensors, blockSize });
        const count = [...tensors.values()].reduce((sum, { shape, data }) => {
          const width = shape.at(-1) ?? 1;
          return sum + (width === 0 ? 0 : (data.length / width) * Math.ceil(width / blockSize));
        }, 0);
        expect(blocks).toHaveLength(count);
        for (const { block, entries } of blocks) {
          expect(entries).toHaveLength(block.length);
          const width = tensors.get(block.tensor)!.shape.at(-1) ?? 1;
          const row = (entry: number) => Math.floor(entry / width);
          expect(row(block.start)).toBe(row(block.start + block.length - 1));
          expect((block.start % width) % blockSize).toBe(0);
        }
        const shapes = shapesOf(tensors);
        expect(assembleTensors({ blocks, shapes })).toEqual(tensors);
        expect(assembleTensors({ blocks: [...blocks].reverse(), shapes })).toEqual(tensors);
      }),
      { numRuns },
    );
  });

  test.each([0, -1, 1.5, NaN, Infinity])('refuses a block size of %d', (blockSize) => {
    expect(() => tensorBlocks({ tensor: 'fc1', shape: [4], blockSize })).toThrow(
      `blockSize: is ${blockSize}`,
    );
  });

  test('refuses a tensor whose shape and data disagree', () => {
    const tensors = new Map([['fc1', { shape: [2, 2], data: Float64Array.of(1) }]]);
    expect(() => splitTensors({ tensors, blockSize: 2 })).toThrow(
      'tensors: tensor "fc1": shape [2, 2] needs 4 entries, data has 1',
    );
  });
});

describe('assembleTensors refuses', () => {
  const blocks = splitTensors({ tensors: example, blockSize: 3 });
  const shapes = shapesOf(example);

  test('a missing block', () => {
    expect(() => assembleTensors({ blocks: blocks.slice(1), shapes })).toThrow(
      'tensor "fc1": entry 0 lies in no block',
    );
  });

  test('a block given twice', () => {
    expect(() => assembleTensors({ blocks: [...blocks, blocks[0]!], shapes })).toThrow(
      'tensor "fc1", block 0: entry 0 is covered twice',
    );
  });

  test('a block of an unknown tensor', () => {
    const fewer = new Map([...shapes].slice(1));
    expect(() => assembleTensors({ blocks, shapes: fewer })).toThrow(
      'tensor "fc1", block 0: no shape is given; shapes has [fc2]',
    );
  });

  test('a block outside its tensor', () => {
    const smaller = new Map([...shapes, ['fc1', [1]]] as [string, number[]][]);
    expect(() => assembleTensors({ blocks, shapes: smaller })).toThrow('lies outside the tensor');
  });

  test('a block of the wrong size', () => {
    const padded = { ...blocks[1]!, entries: Float64Array.of(4, 0, 0) };
    expect(() => assembleTensors({ blocks: [padded], shapes })).toThrow('has 3 entries where 1');
  });
});
