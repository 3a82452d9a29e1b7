// The package beside the library, as an author has it: its own folder, the built library in its node_modules, vitest.
import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { testInFull } from '../full-test.ts';

const root = new URL('../..', import.meta.url).pathname;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'linear-layer-'));
  await cp(join(root, 'examples/linear-layer'), folder, { recursive: true });
  await mkdir(join(folder, 'node_modules'));
  await symlink(root, join(folder, 'node_modules/lethe'), 'dir');
  await symlink(join(root, 'node_modules/vitest'), join(folder, 'node_modules/vitest'), 'dir');
});
afterAll(() => rm(folder, { recursive: true }));

/** Runs the package's own tests, as in CI: snapshots are compared, not written. */
function runTests(): Promise<{ exit: number | null; output: string }> {
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const env = { ...process.env, CI: 'true', NO_COLOR: '1', VITEST: undefined };
  const child = spawn(process.execPath, [vitest, 'run'], { cwd: folder, env });
  let output = '';
  child.stdout.on('data', (data: Buffer) => (output += data.toString()));
  child.stderr.on('data', (data: Buffer) => (output += data.toString()));
  return new Promise((resolve) => child.on('close', (exit) => resolve({ exit, output })));
}

test('its laws, its specification and its cost pass', async () => {
  const { exit, output } = await runTests();
  expect(output).toContain('11 passed');
  expect(exit).toBe(0);
});

testInFull('a change of the constraints shows against the locked cost', async () => {
  const file = join(folder, 'linear-layer.ts');
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replace('rescale(q(24, 8))', 'rescale(q(24, 7))'));
  const { exit, output } = await runTests();
  expect(exit).not.toBe(0);
  expect(output).toContain('costs what is locked');
  await writeFile(file, text);
});
