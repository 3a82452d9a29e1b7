import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { writeSafetensors } from '../../../../compiler/files/index.ts';
import {
  openModel,
  openScope,
  readMatrix,
  recogniseLayout,
  scopeFileText,
  weightCount,
} from '../../../../stdlib/apex/model/index.ts';
import type { Model } from '../../../../stdlib/apex/model/index.ts';
import { messageOf, optShapes, temporaryFolder, vitShapes, writeFilled } from './files.ts';
import type { Shapes } from './files.ts';

const folder = await temporaryFolder();
let files = 0;
const open = async (shapes: Shapes): Promise<Model> => {
  const file = join(folder, `${files++}.safetensors`);
  await writeFilled(file, shapes);
  return openModel(file);
};
const small = { width: 4, layers: 11 };
const vit = (prefix: string) => vitShapes({ ...small, prefix, classes: 2 });
const opt = (prefix: string) => optShapes({ ...small, prefix, tokens: 5 });

describe('layouts', () => {
  test.each(['vit.', ''])('ViT with the prefix %j', async (prefix) => {
    const model = await open(vit(prefix));
    expect(recogniseLayout(model)?.name).toBe('ViT');
    const { tensors, blockSize } = await openScope(model);
    expect(blockSize).toBe(32);
    expect(tensors).toEqual(
      Array.from({ length: 11 }, (_, layer) => ({
        name: `${prefix}encoder.layer.${layer}.intermediate.dense.weight`,
        shape: [16, 4],
        orientation: 'out-in',
      })),
    );
    const both = await openScope(model, { matrices: 'both', blockSize: 64 });
    expect(both.tensors.slice(2, 4).map(({ name, shape }) => [name, shape])).toEqual([
      [`${prefix}encoder.layer.1.intermediate.dense.weight`, [16, 4]],
      [`${prefix}encoder.layer.1.output.dense.weight`, [4, 16]],
    ]);
    expect(weightCount(both)).toBe(11 * 2 * 64);
  });

  test.each(['model.', ''])('OPT with the prefix %j', async (prefix) => {
    const model = await open(opt(prefix));
    expect(recogniseLayout(model)?.name).toBe('OPT');
    const both = await openScope(model, { matrices: 'both' });
    expect(both.tensors.map(({ name }) => name)).toEqual(
      Array.from({ length: 11 }, (_, layer) =>
        ['fc1', 'fc2'].map((matrix) => `${prefix}decoder.layers.${layer}.${matrix}.weight`),
      ).flat(),
    );
  });

  test('BERT and BART are neither', async () => {
    const bert = vit('').filter(([name]) => !name.includes('patch_embeddings'));
    const bart: Shapes = [...opt('model.'), ['model.encoder.layers.0.fc1.weight', [2, 2]]];
    for (const shapes of [bert, bart]) {
      const model = await open(shapes);
      expect(recogniseLayout(model)).toBeUndefined();
      expect(await messageOf(openScope(model))).toContain(
        `error[bad-layout]: ${model.path}: is no ViT (google/vit-base-patch16-224) and no OPT (facebook/opt-125m) by its names: `,
      );
    }
  });

  test('a layer without its matrix, a doubled one, and one of another shape', async () => {
    const name = 'vit.encoder.layer.3.intermediate.dense.weight';
    const without = await open(vit('vit.').filter(([each]) => each !== name));
    expect(await messageOf(openScope(without))).toBe(
      `error[bad-layout]: ${without.path}: layer 3 has no fc1\n` +
        '  hint: compare it with google/vit-base-patch16-224, or say in a scope file which tensors are in scope',
    );
    const doubled = await open([...vit('vit.'), [name.slice(4), [16, 4]]]);
    expect(await messageOf(openScope(doubled))).toContain(
      `both ${name} and ${name.slice(4)} are fc1 of one layer`,
    );
    const odd = await open(
      vit('vit.').map(([each, shape]) => [each, each === name ? [4, 16] : shape]),
    );
    expect(await messageOf(openScope(odd))).toContain(
      `error[bad-shape]: ${odd.path}: tensor "${name}": shape is [4, 16], [16, 4] is expected beside vit.encoder.layer.0.`,
    );
    await expect(openScope(odd, { blockSize: 0 })).rejects.toThrow(
      'error[out-of-range]: blockSize: is 0',
    );
  });
});

describe('scope files', () => {
  const shapes: Shapes = [
    ['h.10.mlp.weight', [2, 3]],
    ['h.2.mlp.weight', [2, 3]],
    ['h.2.mlp.bias', [3]],
    ['h.2.attn.mlp.weight', [2, 3]],
    ['head.weight', [4, 2]],
  ];
  const text = (parts: object): string =>
    JSON.stringify({ lethe: 'scope', version: 1, tensors: ['h.*.mlp.weight'], ...parts });
  const write = async (content: string): Promise<string> => {
    const file = join(folder, `${files++}.json`);
    await writeFile(file, content);
    return file;
  };
  const tensorsOf = async (content: string) => {
    const model = await open(shapes);
    return openScope(model, { scopeFile: await write(content) });
  };

  test('patterns in their order, names in natural order, a star for anything but a dot', async () => {
    const scope = await tensorsOf(
      text({ tensors: ['head.weight', 'h.*.mlp.weight'], blockSize: 5 }),
    );
    expect(scope.blockSize).toBe(5);
    expect(scope.tensors.map(({ name }) => name)).toEqual([
      'head.weight',
      'h.2.mlp.weight',
      'h.10.mlp.weight',
    ]);
    expect(scope.tensors[0]).toEqual({ name: 'head.weight', shape: [4, 2], orientation: 'out-in' });
    expect(await tensorsOf(scopeFileText(scope)!)).toEqual(scope);
  });

  test('in-out is transposed when it is read; the option goes before the file', async () => {
    const model = await open(shapes);
    const scopeFile = await write(text({ orientation: 'in-out', blockSize: 5 }));
    const scope = await openScope(model, { scopeFile, blockSize: 4 });
    expect(scope.blockSize).toBe(4);
    const stored = await model.read('h.2.mlp.weight');
    const { shape, data } = await readMatrix(model, scope.tensors[0]!);
    expect(shape).toEqual([3, 2]);
    expect([...data]).toEqual([0, 3, 1, 4, 2, 5].map((i) => stored[i]));
  });

  test.each<[string, string]>([
    [text({ lethe: 'map' }), 'does not say "lethe": "scope"'],
    [text({ version: 2 }), 'version is 2, 1 is read'],
    [text({ tensor: [] }), 'has the unknown key "tensor"'],
    [text({ tensors: [] }), 'tensors is no list of one or more names'],
    [text({ tensors: [7] }), 'tensors is no list of one or more names'],
    [text({ orientation: 'sideways' }), 'orientation is "sideways"'],
    [text({ blockSize: 1.5 }), 'blockSize is 1.5, no whole number of at least 1'],
    [text({ tensors: ['h.*.mlq.weight'] }), 'the pattern "h.*.mlq.weight" matches no tensor of '],
    [text({ tensors: ['h.2.mlp.*'] }), 'tensor "h.2.mlp.bias": shape is [3], a matrix is needed'],
    [
      text({ tensors: ['h.*.mlp.weight', 'h.2.mlp.weight'] }),
      '"h.*.mlp.weight" and "h.2.mlp.weight" both match h.2.mlp.weight',
    ],
  ])('%s', async (content, message) => {
    expect(await messageOf(tensorsOf(content))).toContain(message);
  });

  test('what an error looks like', async () => {
    const model = await open(shapes);
    const scopeFile = await write(text({ tensors: ['fc?'] }));
    expect(await messageOf(openScope(model, { scopeFile }))).toBe(
      `error[bad-scope]: ${scopeFile}: the pattern "fc?" matches no tensor of ${model.path}\n` +
        '  hint: * stands for any characters but a dot; the model has h.10.mlp.weight, h.2.mlp.weight, h.2.mlp.bias, h.2.attn.mlp.weight, head.weight',
    );
  });
});

test.each([
  [NaN, 'NaN'],
  [-Infinity, '-Infinity'],
])('%d in scope is refused with its index', async (bad, shown) => {
  const model = await open(vit('vit.'));
  const scope = await openScope(model);
  const tensor = scope.tensors[0]!;
  const file = join(folder, `${files++}.safetensors`);
  const data = Float32Array.from({ length: 64 }, (_, i) => (i === 9 ? bad : 1));
  await writeSafetensors(file, { tensors: new Map([[tensor.name, { shape: [16, 4], data }]]) });
  expect(await messageOf(readMatrix(await openModel(file), tensor))).toBe(
    `error[bad-value]: ${file}: tensor "${tensor.name}": element [2, 1] is ${shown}\n` +
      '  hint: only finite numbers can be used: look for a diverged or overflowed training run',
  );
  expect(
    await messageOf(readMatrix(await openModel(file), { ...tensor, shape: [4, 16] })),
  ).toContain('shape is [16, 4], the scope was made for [4, 16]');
});
