import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  assembleScope,
  blockCount,
  blockNumbering,
  listBlocks,
  openModel,
  patchMatrix,
  readBlocks,
  readMatrix,
  tensorBlockCount,
  weightCount,
} from '../../../../stdlib/apex/model/index.ts';
import type { Scope, ScopeTensor } from '../../../../stdlib/apex/model/index.ts';
import type { FilledBlock } from '../../../../stdlib/apex/reference/index.ts';
import { temporaryFolder, writeFilled } from './files.ts';
import { runs } from '../../../tier.ts';

const folder = await temporaryFolder();
const size = fc.integer({ min: 1, max: 7 });
const anyScope: fc.Arbitrary<Scope> = fc.record({
  blockSize: fc.integer({ min: 1, max: 10 }),
  tensors: fc
    .array(fc.tuple(size, size, fc.constantFrom('out-in' as const, 'in-out' as const)), {
      minLength: 1,
      maxLength: 4,
    })
    .map((all) =>
      all.map(([rows, columns, orientation], t): ScopeTensor => {
        return { name: `w${t}`, shape: [rows, columns], orientation };
      }),
    ),
});

test('numbers and places are each other’s inverses, in the order of the list', () => {
  fc.assert(
    fc.property(anyScope, (scope) => {
      const numbering = blockNumbering(scope);
      const all = [...listBlocks(scope)];
      expect(all.length).toBe(blockCount(scope));
      expect(numbering.count).toBe(all.length);
      let position = 0;
      all.forEach(({ number, block }, i) => {
        expect(number).toBe(i);
        expect(numbering.at(i)).toEqual({ ...block, first: position });
        for (let entry = 0; entry < block.length; entry++)
          expect(numbering.of(position++)).toEqual({ number, entry });
      });
      expect(position).toBe(weightCount(scope));
      for (const tensor of scope.tensors) {
        const own = all.filter(({ block }) => block.tensor === tensor.name);
        const range = { first: own[0]!.number, count: own.length };
        expect(numbering.rangeOf(tensor.name)).toEqual(range);
        expect(tensorBlockCount(tensor, scope)).toBe(own.length);
      }
      expect(() => numbering.at(all.length)).toThrow(RangeError);
      expect(() => numbering.at(-1)).toThrow(RangeError);
      expect(() => numbering.of(position)).toThrow(`position ${position} of ${position}`);
      expect(() => numbering.of(0.5)).toThrow(RangeError);
      expect(() => numbering.rangeOf('ghost')).toThrow('tensor "ghost" is not in the scope');
    }),
  );
});

test('the blocks of a model are put together again, and changed one by one', async () => {
  const file = join(folder, 'm.safetensors');
  await fc.assert(
    fc.asyncProperty(anyScope, async (scope) => {
      await writeFilled(
        file,
        scope.tensors.map(({ name, shape }) => [name, shape]),
      );
      const model = await openModel(file);
      const blocks: (FilledBlock & { number: number })[] = [];
      for await (const each of readBlocks(model, scope)) blocks.push(each);
      expect(blocks.map(({ number, block }) => ({ number, block }))).toEqual([
        ...listBlocks(scope),
      ]);
      const assembled = assembleScope(scope, blocks.toReversed());
      for (const tensor of scope.tensors) {
        const matrix = await readMatrix(model, tensor);
        expect([...assembled.get(tensor.name)!.data]).toEqual([...matrix.data]);
        expect(assembled.get(tensor.name)!.shape).toEqual(matrix.shape);

        const own = blocks.filter(({ block }) => block.tensor === tensor.name);
        const { block } = own.at(-1)!;
        const entries = new Float64Array(block.length).fill(9);
        const patched = patchMatrix(tensor, matrix, [{ block, entries }], scope);
        expect([...patched]).toEqual([...matrix.data].map((w, i) => (i < block.start ? w : 9)));
      }
    }),
    { numRuns: runs(30) },
  );
});

test('blocks that do not belong are refused', () => {
  const tensor: ScopeTensor = { name: 'a', shape: [2, 3], orientation: 'out-in' };
  const scope: Scope = { blockSize: 2, tensors: [tensor, { ...tensor, name: 'b' }] };
  const matrix = { shape: [2, 3], data: new Float64Array(6) };
  const at = (number: number) => blockNumbering(scope).at(number);
  const entries = Float64Array.of(1, 2);
  const patch = (...blocks: FilledBlock[]) => patchMatrix(tensor, matrix, blocks, scope);
  expect([...patch({ block: at(2), entries })]).toEqual([0, 0, 0, 1, 2, 0]);
  expect(() => patch({ block: at(0), entries }, { block: at(0), entries })).toThrow(
    'error[bad-coverage]: tensor "a", block 0: is given twice\n' +
      '  hint: give blocks of tensor "a" as splitMatrix cuts them, each once',
  );
  expect(() => patch({ block: at(4), entries })).toThrow(
    'tensor "b", block 0: is no block of tensor "a"',
  );
  for (const wrong of [{ start: 3 }, { length: 2 }, { index: 4 }, { index: -1 }, { index: 0.5 }]) {
    expect(() => patch({ block: { ...at(1), ...wrong }, entries })).toThrow('error[bad-coverage]');
  }
  expect(() => patch({ block: at(0), entries: new Float64Array(3) })).toThrow('error[bad-length]');
});
