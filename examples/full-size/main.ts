/**
 * `npm run full-size -- --model vit|opt`: the apex commands on files with the names, shapes and types of a published model,
 * full of noise. Prints seconds and memory of each step. What all tiles would take is estimated from a sample of them.
 */
import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { clientGradients, makeFolders, type Folders } from '../unlearn-digits/files.ts';
import { writeFiles } from './files.ts';
import { models } from './models.ts';
import { carryOut } from './steps.ts';
import { summary } from './summary.ts';

const { values } = parseArgs({
  options: {
    model: { type: 'string', default: 'vit' },
    examples: { type: 'string', default: '4' },
    budget: { type: 'string', default: '0.04' },
    tiles: { type: 'string', default: '3' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
  },
});
const model = Object.entries(models).find(([name]) => name === values.model)?.[1];
if (!model) throw new Error(`--model is one of ${Object.keys(models).join(', ')}`);
const [examples, seed, budget, tiles] = [
  values.examples,
  values.seed,
  values.budget,
  values.tiles,
].map(Number) as [number, number, number, number];

const start = performance.now();
const tell = (message: string): void => {
  const seconds = ((performance.now() - start) / 1000).toFixed(0).padStart(5);
  process.stderr.write(`${seconds} s  ${message}\n`);
};

const name = [values.model, examples, seed, budget].join('-');
const parent = fileURLToPath(new URL(`../../.cache/full-size/${name}`, import.meta.url));
const [provider, client, mail] = ['provider', 'client', 'mail'].map((each) => join(parent, each));
let folders: Folders = { provider: provider!, client: client!, mail: mail! };
// The file that is written last.
if (!(await stat(clientGradients(folders)).catch(() => undefined))) {
  tell(`files of ${model.name}: noise, seed ${seed}, ${examples} gradients in each data set`);
  await mkdir(parent, { recursive: true });
  folders = await makeFolders(parent);
  await writeFiles(folders, { ...model, examples, seed });
}
const steps = await carryOut({ folders, record: join(parent, 'steps.json'), budget, tiles, tell });
process.stdout.write(
  `${values.json ? JSON.stringify({ model: model.name, steps }, null, 1) : summary(model, steps)}\n`,
);
