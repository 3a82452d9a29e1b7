// The whole way with the commands, on a small ViT: each step is measured and kept, and a second run does nothing again.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { writeFiles } from '../../../../examples/studies/full-size/files.ts';
import { fc1Names, models } from '../../../../examples/studies/full-size/models.ts';
import { vitShapes } from '../../../../examples/studies/full-size/shapes.ts';
import { carryOut, stepNames } from '../../../../examples/studies/full-size/steps.ts';
import { summary } from '../../../../examples/studies/full-size/summary.ts';
import { makeFolders } from '../../../../examples/unlearn-digits/files.ts';
import { temporaryFolder } from '../../../stdlib/apex/model/files.ts';

test('from the plan to a sample of tiles', async () => {
  const parent = await temporaryFolder();
  const model = { ...models.vit, shapes: vitShapes({ width: 16, layers: 2, classes: 3 }) };
  const folders = await makeFolders(join(parent, 'run'));
  await writeFiles(folders, { ...model, scope: new Set(fc1Names(model)), examples: 4, seed: 1 });
  const told: string[] = [];
  const options = {
    folders,
    record: join(parent, 'steps.json'),
    scope: ['--matrices', 'fc1'],
    budget: 0.04,
    tiles: 2,
    tell: (message: string) => told.push(message),
  };
  const steps = await carryOut(options);
  expect(told).toEqual(stepNames.map((name) => `lethe apex ${name}`));
  expect(steps.sample!.result).toMatchObject({ ok: true, refused: [] });
  const text = summary(model, steps);
  for (const name of stepNames) expect(text).toMatch(new RegExp(`^${name} .* s .* MB$`, 'm'));
  expect(text).toMatch(/^Estimate for all tiles on this machine: .* hours/m);

  const kept = await readFile(options.record, 'utf8');
  expect(await carryOut(options)).toEqual(JSON.parse(kept));
  expect(told).toHaveLength(stepNames.length);
}, 600_000);
