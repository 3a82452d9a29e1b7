// A whole ViT-B, hashed and written back, in a process of its own whose memory is bounded: one matrix at a time.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { temporaryFolder, vitShapes, writeSparse } from './files.ts';

const folder = await temporaryFolder();
const room = new URL('../../../../stdlib/apex/model/index.ts', import.meta.url).href;

const script = (file: string, target: string) => `
  import { hashUnscoped, openModel, openScope, readMatrix, writeModel } from '${room}';
  const model = await openModel(${JSON.stringify(file)});
  const scope = await openScope(model);
  const before = await hashUnscoped(model, scope);
  const weights = async (tensor) => (await readMatrix(model, tensor)).data;
  await writeModel({ model, scope, target: ${JSON.stringify(target)}, weights });
  const after = await hashUnscoped(await openModel(${JSON.stringify(target)}), scope);
  console.log(JSON.stringify({ same: before === after, kibibytes: process.resourceUsage().maxRSS }));
`;

test.each(['F32', 'F16'] as const)('ViT-B in %s is never held whole', async (dtype) => {
  const file = join(folder, `${dtype}.safetensors`);
  await writeSparse(file, vitShapes(), dtype);
  const code = script(file, join(folder, `${dtype}-out.safetensors`));
  const run = promisify(execFile);
  const { stdout } = await run(process.execPath, [
    '--import',
    'tsx',
    '--input-type=module',
    '-e',
    code,
  ]);
  const { same, kibibytes } = JSON.parse(stdout) as { same: boolean; kibibytes: number };
  expect(same).toBe(true);
  // The file has 330 MiB in F32.
  expect(kibibytes).toBeLessThan(300 * 1024);
});
