// The real layouts at full size, on files that take no room: what is opened, named and counted, and that it is quick.
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  blockCount,
  blockNumbering,
  gradientNames,
  openExampleGradients,
  openModel,
  openScope,
  readMatrix,
  weightCount,
} from '../../../../stdlib/apex/model/index.ts';
import { countOf, optShapes, temporaryFolder, vitShapes, writeSparse } from './files.ts';

const folder = await temporaryFolder();
const total = (shapes: ReturnType<typeof vitShapes>) =>
  shapes.reduce((sum, [, shape]) => sum + countOf(shape), 0);

test('the generated names have the weights of the published models', () => {
  expect(vitShapes().length).toBe(200);
  expect(total(vitShapes())).toBe(86_567_656);
  expect(optShapes().length).toBe(196);
  expect(total(optShapes())).toBe(125_239_296);
});

test.each(['F32', 'F16'] as const)('google/vit-base-patch16-224 in %s', async (dtype) => {
  const file = join(folder, `vit-${dtype}.safetensors`);
  await writeSparse(file, vitShapes(), dtype);
  const model = await openModel(file);
  const scope = await openScope(model);
  expect(scope.tensors.length).toBe(12);
  expect(weightCount(scope)).toBe(28_311_552);
  expect(blockCount(scope)).toBe(884_736);
  expect(blockCount({ ...scope, blockSize: 64 })).toBe(442_368);
  expect(weightCount(await openScope(model, { matrices: 'both' }))).toBe(56_623_104);
  expect(blockNumbering(scope).at(884_735)).toEqual({
    tensor: 'vit.encoder.layer.11.intermediate.dense.weight',
    index: 73_727,
    start: 3072 * 768 - 32,
    length: 32,
    first: 28_311_520,
  });
  const { shape, data } = await readMatrix(model, scope.tensors[11]!);
  expect(shape).toEqual([3072, 768]);
  expect(data.length).toBe(2_359_296);
  expect(data.every((value) => value === 0)).toBe(true);
});

test.each(['', 'model.'])('facebook/opt-125m in F16 with the prefix %j', async (prefix) => {
  const file = join(folder, `opt-${prefix}safetensors`);
  await writeSparse(file, optShapes({ prefix }), 'F16');
  const model = await openModel(file);
  const scope = await openScope(model, { matrices: 'both' });
  expect(scope.tensors.length).toBe(24);
  expect(scope.tensors[23]).toEqual({
    name: `${prefix}decoder.layers.11.fc2.weight`,
    shape: [768, 3072],
    orientation: 'out-in',
  });
  expect(weightCount(scope)).toBe(56_623_104);
});

test('24 gradients of ViT-B, 2.7 GB, are read for the blocks that are asked for', async () => {
  const weights = join(folder, 'vit.safetensors');
  await writeSparse(weights, vitShapes(), 'F32');
  const scope = await openScope(await openModel(weights), { blockSize: 64 });
  const file = join(folder, 'gradients.safetensors');
  const shapes = scope.tensors.map(
    ({ name, shape }) => [`${gradientNames.example}${name}`, [24, ...shape]] as const,
  );
  await writeSparse(file, shapes, 'F32');
  const gradients = await openExampleGradients(file, scope);
  expect(gradients.examples).toBe(24);
  const rows = await gradients.readBlocks(scope.tensors[11]!, { first: 36_764, count: 100 });
  expect(rows.map(({ length }) => length)).toEqual(new Array(24).fill(6400));
});
