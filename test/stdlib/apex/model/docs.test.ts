// docs/bring-your-model.md shows Python that is not run here: its names must be those of the code.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { defaults } from '../../../../stdlib/apex/index.ts';
import {
  adapterNames,
  gradientNames,
  layouts,
  openModel,
  openScope,
} from '../../../../stdlib/apex/model/index.ts';
import { optShapes, temporaryFolder, vitShapes, writeFilled } from './files.ts';
import type { Shapes } from './files.ts';

const folder = await temporaryFolder();
const text = await readFile(
  new URL('../../../../docs/bring-your-model.md', import.meta.url),
  'utf8',
);
const blocks = (language: string): string[] =>
  [...text.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, 'gms'))].map(
    (match) => match[1]!,
  );
const python = blocks('python').join('\n');

test('the prefixes of the Python and of the table are those of the code', () => {
  const prefixes = Object.values(gradientNames).sort();
  const written = [...python.matchAll(/"([^"\s]+\.)" \+ name/g)].map((match) => match[1]!);
  expect([...new Set(written)].sort()).toEqual(prefixes);
  const listed = [...text.matchAll(/^\| `([^`]+\.)`/gm)].map((match) => match[1]!);
  expect(listed.sort()).toEqual(prefixes);
});

test('the endings of the Python pick exactly the default scope', async () => {
  const endings = [...python.matchAll(/^weights = weights_in_scope\(model, "([^"]+)"\)/gm)].map(
    (match) => match[1]!,
  );
  const models: readonly [Shapes, string][] = [
    [vitShapes({ width: 2, classes: 2 }), endings[0]!],
    [optShapes({ width: 2, tokens: 2 }), endings[1]!],
    [vitShapes({ width: 2, classes: 2 }), endings[2]!],
  ];
  expect(endings.length).toBe(models.length);
  for (const [shapes, ending] of models) {
    const file = join(folder, 'model.safetensors');
    await writeFilled(file, shapes);
    const { tensors } = await openScope(await openModel(file));
    const picked = shapes.map(([name]) => name).filter((name) => name.endsWith(ending));
    expect(picked).toEqual(tensors.map(({ name }) => name));
  }
});

test('the families, the adapter’s names and the block size', () => {
  for (const { name, example } of layouts)
    expect(text).toMatch(new RegExp(`\\| ${name} +\\| \`${example}\``));
  for (const { fc1, fc2 } of layouts) {
    const names = [...text.matchAll(/`([a-z]+\.[a-z0-9.]+\.N\.[a-z0-9.]+)`/g)].map((match) =>
      match[1]!.replace('N', '7'),
    );
    expect(names.filter((name) => fc1.test(name)).length).toBe(1);
    expect(names.filter((name) => fc2.test(name)).length).toBe(1);
  }
  const { prefix, a, b, config } = adapterNames;
  for (const name of [
    `${prefix}<module>${a}`,
    `${prefix}<module>${b}`,
    `${prefix}<tensor>`,
    config,
  ]) {
    expect(text).toContain(`\`${name}\``);
  }
  expect(text).toContain(`Fisher block, ${defaults.blockSize} if it is left out`);
});

test('the scope file is one', async () => {
  const [json] = blocks('json');
  const scopeFile = join(folder, 'scope.json');
  await writeFile(scopeFile, json!);
  const file = join(folder, 'gpt.safetensors');
  await writeFilled(file, [['transformer.h.0.mlp.c_fc.weight', [2, 8]]]);
  const scope = await openScope(await openModel(file), { scopeFile });
  expect(scope).toEqual({
    blockSize: 32,
    tensors: [{ name: 'transformer.h.0.mlp.c_fc.weight', shape: [2, 8], orientation: 'in-out' }],
  });
});
