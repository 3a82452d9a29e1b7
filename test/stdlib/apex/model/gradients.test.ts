import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { writeSafetensors } from '../../../../compiler/files/index.ts';
import type { Dtype, WritableTensor } from '../../../../compiler/files/index.ts';
import {
  blockOfRows,
  gradientNames,
  matrixShape,
  openExampleGradients,
  openForgetStatistics,
  splitMatrix,
  tensorBlockCount,
} from '../../../../stdlib/apex/model/index.ts';
import type { Orientation, Scope } from '../../../../stdlib/apex/model/index.ts';
import { filled, messageOf, temporaryFolder } from './files.ts';
import type { Shapes } from './files.ts';

const folder = await temporaryFolder();
const { mean, fisher, retainMean, retainFisher, example } = gradientNames;
let files = 0;
const write = async (tensors: ReadonlyMap<string, WritableTensor>): Promise<string> => {
  const file = join(folder, `${files++}.safetensors`);
  await writeSafetensors(file, { tensors });
  return file;
};
const scopeOf = (orientation: Orientation): Scope => ({
  blockSize: 4,
  tensors: [
    { name: 'a', shape: [3, 5], orientation },
    { name: 'b', shape: [2, 2], orientation },
  ],
});
const scope = scopeOf('out-in');

describe('forget statistics', () => {
  const shapes = (prefixes: readonly string[]): Shapes =>
    prefixes.flatMap((prefix): Shapes => [
      [`${prefix}a`, [3, 5]],
      [`${prefix}b`, [2, 2]],
    ]);
  const squared = (tensors: Map<string, WritableTensor>) =>
    new Map(
      [...tensors].map(([name, each]) => [
        name,
        name.includes('fisher') ? { ...each, data: each.data.map((value) => value * value) } : each,
      ]),
    );
  const all = shapes([mean, fisher, retainMean, retainFisher]);

  test.each<[Orientation, Dtype]>([
    ['out-in', 'F32'],
    ['in-out', 'F64'],
    ['out-in', 'BF16'],
  ])('%s in %s, on both data sets', async (orientation, dtype) => {
    const tensors = squared(filled(all, dtype));
    if (dtype === 'BF16')
      tensors.forEach((each) => each.data.forEach((_, i) => (each.data[i] = i)));
    const own = scopeOf(orientation);
    const opened = await openForgetStatistics(await write(tensors), own);
    expect(opened.retained).toBe(true);
    expect(opened.unused).toEqual([]);
    for (const tensor of own.tensors) {
      const [rows, columns] = tensor.shape;
      const expected = (prefix: string) => {
        const { data } = tensors.get(`${prefix}${tensor.name}`)!;
        if (orientation === 'out-in') return [...data];
        return Array.from(
          { length: data.length },
          (_, i) => data[(i % rows) * columns + Math.floor(i / rows)],
        );
      };
      const forget = await opened.read(tensor);
      const retained = await opened.readRetained(tensor);
      expect(forget.mean.shape).toEqual(
        orientation === 'out-in' ? [rows, columns] : [columns, rows],
      );
      expect([...forget.mean.data]).toEqual(expected(mean));
      expect([...forget.fisher.data]).toEqual(expected(fisher));
      expect([...retained.mean.data]).toEqual(expected(retainMean));
      expect([...retained.fisher.data]).toEqual(expected(retainFisher));
    }
  });

  test('weights outside the scope are named and not read', async () => {
    const more: Shapes = [...shapes([mean, fisher]), [`${mean}c`, [7]], [`${fisher}c`, [7]]];
    const opened = await openForgetStatistics(await write(squared(filled(more))), scope);
    expect(opened.unused).toEqual([`${mean}c`, `${fisher}c`]);
    expect(opened.retained).toBe(false);
    await expect(opened.readRetained(scope.tensors[0]!)).rejects.toThrow(
      `tensor "${retainMean}a": is missing`,
    );
  });

  test.each<[string, (tensors: Map<string, WritableTensor>) => void, string]>([
    ['a missing one', (t) => t.delete('fisher.b'), 'tensor "fisher.b": is missing'],
    [
      'half of the retained ones',
      (t) => t.delete('retain_fisher.a'),
      'tensor "retain_fisher.a": is missing',
    ],
    [
      'a foreign name',
      (t) => t.set('grads.a', t.get('mean.a')!),
      'tensor "grads.a": begins with none of retain_mean., retain_fisher., mean., fisher.',
    ],
    [
      'another shape',
      (t) => t.set('mean.a', { shape: [5, 3], data: new Float32Array(15) }),
      'tensor "mean.a": shape is [5, 3], for a it is [3, 5]',
    ],
    [
      'integers',
      (t) => t.set('mean.b', { dtype: 'I32', shape: [2, 2], data: new Float64Array(4) }),
      'tensor "mean.b": I32 is no dtype for weights',
    ],
    [
      'a negative Fisher',
      (t) => (t.get('fisher.a')!.data[7] = -1),
      'tensor "fisher.a": element [1, 2] is -1',
    ],
    ['a NaN', (t) => (t.get('mean.a')!.data[7] = NaN), 'tensor "mean.a": element [1, 2] is NaN'],
  ])('%s is refused', async (_name, change, message) => {
    const tensors = squared(filled(all));
    change(tensors);
    const file = await write(tensors);
    const use = async () => {
      const opened = await openForgetStatistics(file, scope);
      await opened.read(scope.tensors[0]!);
    };
    expect(await messageOf(use())).toContain(`${file}: ${message}`);
  });
});

describe('per-example gradients', () => {
  const n = 3;
  const shapes: Shapes = [
    [`${example}a`, [n, 3, 5]],
    [`${example}b`, [n, 2, 2]],
  ];

  test.each<[Orientation, Dtype]>([
    ['out-in', 'F32'],
    ['out-in', 'F16'],
    ['in-out', 'F64'],
  ])(
    '%s in %s: any run of blocks is what splitting whole rows gives',
    async (orientation, dtype) => {
      const own = scopeOf(orientation);
      const opened = await openExampleGradients(await write(filled(shapes, dtype)), own);
      expect(opened.examples).toBe(n);
      for (const tensor of own.tensors) {
        const whole = await Promise.all(
          Array.from({ length: n }, async (_, row) => {
            const data = await opened.readExample(tensor, row);
            return splitMatrix(tensor, { shape: matrixShape(tensor), data }, own);
          }),
        );
        const total = tensorBlockCount(tensor, own);
        for (let first = 0; first < total; first++) {
          for (let count = 0; first + count <= total; count++) {
            const rows = await opened.readBlocks(tensor, { first, count });
            expect(rows.length).toBe(n);
            const all = whole[0]!.map(({ block }) => block);
            for (const block of all.slice(first, first + count)) {
              const own = blockOfRows(rows, { block, first: all[first]! });
              expect(own.map((row) => [...row])).toEqual(
                whole.map((blocks) => [...blocks[block.index]!.entries]),
              );
            }
          }
        }
        await expect(opened.readBlocks(tensor, { first: total, count: 1 })).rejects.toThrow(
          RangeError,
        );
      }
      await expect(opened.readExample(own.tensors[0]!, n)).rejects.toThrow('example 3 of 3');
    },
  );

  test('a row of a matrix is the row of PyTorch’s stack', async () => {
    const tensors = filled(shapes);
    const opened = await openExampleGradients(await write(tensors), scope);
    const row = await opened.readExample(scope.tensors[0]!, 1);
    expect([...row]).toEqual([...tensors.get(`${example}a`)!.data.slice(15, 30)]);
  });

  test.each<[string, (tensors: Map<string, WritableTensor>) => void, string]>([
    ['a missing one', (t) => t.delete('grad.b'), 'tensor "grad.b": is missing'],
    [
      'another n',
      (t) => t.set('grad.b', { shape: [2, 2, 2], data: new Float32Array(8) }),
      'tensor "grad.b": shape is [2, 2, 2], for b it is [3, 2, 2]',
    ],
    [
      'no examples',
      (t) => t.set('grad.a', { shape: [0, 3, 5], data: new Float32Array() }),
      'tensor "grad.a": shape is [0, 3, 5], [n, 3, 5] with n of at least 1 is needed',
    ],
    [
      'no dimension for them',
      (t) => t.set('grad.a', { shape: [3, 5], data: new Float32Array(15) }),
      'tensor "grad.a": shape is [3, 5], [n, 3, 5] with n',
    ],
    [
      'a foreign name',
      (t) => t.set('mean.a', t.get('grad.a')!),
      'tensor "mean.a": begins with none of grad.',
    ],
    [
      'an infinity',
      (t) => (t.get('grad.a')!.data[22] = Infinity),
      'tensor "grad.a": element [1, 1, 2] is Infinity',
    ],
  ])('%s is refused', async (_name, change, message) => {
    const tensors = filled(shapes);
    change(tensors);
    const file = await write(tensors);
    const use = async () => {
      const opened = await openExampleGradients(file, scope);
      await opened.readBlocks(scope.tensors[0]!, { first: 0, count: 4 });
    };
    expect(await messageOf(use())).toContain(`${file}: ${message}`);
  });
});
