// An emitted ZkProgram proves and verifies (Pickles: a minute).
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { writePackages } from './packages.ts';
import { small, smallInputsFile } from './small.ts';

test('its main proves and verifies', { timeout: 600_000 }, async () => {
  const packages = await writePackages(new Map([['small', small]]), { as: 'program' });
  const path = (name: string): string => join(packages.folder, 'small', name);
  await writeFile(path('inputs.json'), smallInputsFile);
  const args = [path('main.js'), path('inputs.json'), path('proof.json')];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  expect(stdout).toContain('proved and verified');
  await packages.remove();
});
