// The generated files, small: noise that a seed determines, models that differ in the scope alone, gradients that the apex
// commands read. The names and shapes at full size are tested in test/stdlib/apex/model.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { writeFiles } from '../../../../examples/studies/full-size/files.ts';
import { fc1Names, models } from '../../../../examples/studies/full-size/models.ts';
import { noise } from '../../../../examples/studies/full-size/noise.ts';
import { optShapes, vitShapes } from '../../../../examples/studies/full-size/shapes.ts';
import {
  clientGradients,
  forgetStatistics,
  globalModel,
  makeFolders,
  personalModel,
  type Folders,
} from '../../../../examples/unlearn-digits/files.ts';
import {
  hashUnscoped,
  openExampleGradients,
  openForgetStatistics,
  openModel,
  openScope,
  readMatrix,
} from '../../../../stdlib/apex/model/index.ts';
import { temporaryFolder } from '../../../stdlib/apex/model/files.ts';

const parent = await temporaryFolder();

describe('noise', () => {
  const many = (seed: number, name: string): number[] =>
    Array.from({ length: 20_000 }, noise(seed, name, 3));

  test('has the mean and the deviation that are asked for', () => {
    const numbers = many(1, 'a');
    const mean = numbers.reduce((sum, x) => sum + x, 0) / numbers.length;
    const variance = numbers.reduce((sum, x) => sum + (x - mean) ** 2, 0) / numbers.length;
    expect(Math.abs(mean)).toBeLessThan(0.1);
    expect(Math.abs(Math.sqrt(variance) - 3)).toBeLessThan(0.1);
  });

  test('is determined by seed and name, and differs with either', () => {
    expect(many(1, 'a')).toEqual(many(1, 'a'));
    expect(many(1, 'a')).not.toEqual(many(1, 'b'));
    expect(many(1, 'a')).not.toEqual(many(2, 'a'));
  });
});

const small = {
  vit: { ...models.vit, shapes: vitShapes({ width: 8, layers: 2, classes: 3 }) },
  opt: { ...models.opt, shapes: optShapes({ width: 8, layers: 2, tokens: 11 }) },
};

describe.each(['vit', 'opt'] as const)('%s', (name) => {
  const model = small[name];
  const generated = { ...model, scope: new Set(fc1Names(model)), examples: 3, seed: 1 };
  let folders: Folders;
  beforeAll(async () => {
    folders = await makeFolders(join(parent, name));
    await writeFiles(folders, generated);
  });

  test('has the type and the scope of the published model', async () => {
    const opened = await openModel(globalModel(folders));
    expect(new Set([...opened.tensors.values()].map(({ dtype }) => dtype))).toEqual(
      new Set([model.dtype]),
    );
    const { tensors } = await openScope(opened);
    expect(tensors.map((tensor) => tensor.name)).toEqual(fc1Names(model));
    expect(fc1Names(model)).toHaveLength(2);
    expect(fc1Names(model, 1)).toEqual(fc1Names(model).slice(0, 1));
  });

  test('is personalized in its scope alone', async () => {
    const [global, personal] = await Promise.all(
      [globalModel, personalModel].map((file) => openModel(file(folders))),
    );
    const scope = await openScope(global!);
    expect(await hashUnscoped(personal!, scope)).toBe(await hashUnscoped(global!, scope));
    const distances = await Promise.all(
      scope.tensors.map(async (tensor) => {
        const [before, after] = await Promise.all(
          [global!, personal!].map((each) => readMatrix(each, tensor)),
        );
        return Math.max(...Array.from(before!.data, (x, i) => Math.abs(x - after!.data[i]!)));
      }),
    );
    for (const distance of distances) {
      expect(distance).toBeGreaterThan(0.001);
      expect(distance).toBeLessThan(0.02);
    }
  });

  test('has statistics of one set of gradients, and gradients that differ', async () => {
    const scope = await openScope(await openModel(globalModel(folders)));
    const [tensor] = scope.tensors;
    const { mean, fisher } = await (
      await openForgetStatistics(forgetStatistics(folders), scope)
    ).read(tensor!);
    // The mean of squares is above the square of the mean.
    expect([...fisher.data].every((square, i) => square >= mean.data[i]! ** 2 * 0.999)).toBe(true);
    const gradients = await openExampleGradients(clientGradients(folders), scope);
    expect(gradients.examples).toBe(3);
    const rows = await gradients.readBlocks(tensor!, { first: 0, count: 4 });
    expect(rows[0]).not.toEqual(rows[1]);
  });

  test('is the same for the same seed', async () => {
    const again = await makeFolders(join(parent, `${name}-again`));
    await writeFiles(again, generated);
    for (const file of [globalModel, personalModel, forgetStatistics, clientGradients])
      expect((await readFile(file(again))).equals(await readFile(file(folders)))).toBe(true);
  });
});
