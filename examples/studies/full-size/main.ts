/**
 * `npm run full-size -- --model vit|opt`: the apex commands on files with the names, shapes and types of a published model,
 * full of noise. Prints seconds and memory of each step. What all tiles would take is estimated from a sample of them.
 * `--layers 1` takes the fc1 matrix of one layer alone in scope, out of a model of full size.
 */
import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { foldersIn, makeFolders } from '../../unlearn-digits/files.ts';
import { writeFiles } from './files.ts';
import { fc1Names, models } from './models.ts';
import { carryOut } from './steps.ts';
import { summary } from './summary.ts';

const { values } = parseArgs({
  options: {
    model: { type: 'string', default: 'vit' },
    examples: { type: 'string', default: '4' },
    seed: { type: 'string', default: '1' },
    layers: { type: 'string', default: '12' },
    budget: { type: 'string', default: '0.04' },
    tiles: { type: 'string', default: '3' },
    json: { type: 'boolean', default: false },
  },
});
const number = (name: 'examples' | 'seed' | 'layers' | 'budget' | 'tiles'): number => {
  const value = Number(values[name]);
  if (!(value > 0)) throw new Error(`--${name} is a positive number`);
  return value;
};
const [examples, seed, layers] = [number('examples'), number('seed'), number('layers')];
const model = Object.entries(models).find(([name]) => name === values.model)?.[1];
if (!model) throw new Error(`--model is one of ${Object.keys(models).join(', ')}`);

const start = performance.now();
const tell = (message: string): void => {
  const seconds = ((performance.now() - start) / 1000).toFixed(0).padStart(5);
  process.stderr.write(`${seconds} s  ${message}\n`);
};

const run = [values.model, examples, seed, layers, values.budget].join('-');
const parent = fileURLToPath(new URL(`../../../.cache/full-size/${run}`, import.meta.url));
const folders = foldersIn(parent);
const scope = fc1Names(model, layers);
const scopeFile = join(parent, 'scope.json');
// The file that is written last.
if (!(await stat(scopeFile).catch(() => undefined))) {
  tell(`files of ${model.name}: noise, seed ${seed}, ${examples} gradients in each data set`);
  await makeFolders(parent);
  await writeFiles(folders, { ...model, scope: new Set(scope), examples, seed });
  await writeFile(scopeFile, JSON.stringify({ lethe: 'scope', version: 1, tensors: scope }));
}
const steps = await carryOut({
  folders,
  record: join(parent, 'steps.json'),
  scope: scope.length < fc1Names(model).length ? ['--scope', scopeFile] : ['--matrices', 'fc1'],
  budget: number('budget'),
  tiles: number('tiles'),
  tell,
});
const printed = values.json
  ? JSON.stringify({ model: model.name, steps }, null, 1)
  : summary(model, steps);
process.stdout.write(`${printed}\n`);
