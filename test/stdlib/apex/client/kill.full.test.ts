// A registration is killed at random moments, with its hashing processes at work, until one is done.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { openState } from '../../../../stdlib/apex/client/state.ts';
import { planDocument } from '../../../../stdlib/apex/documents/plan.ts';
import { heldFile } from '../../../../stdlib/apex/hashing/held-files.ts';
import { openToOthers } from '../open-to-others.ts';
import { Files, plan } from './files.ts';
import { rootAnew } from './root-anew.ts';

const program = new URL('register-main.ts', import.meta.url).pathname;

test('a registration that is killed again and again', async () => {
  const files = await Files.make();
  const { model, folder } = await files.options('killed');
  const gradients = model.path.replace('p-1', 'g-1');
  await writeFile(files.path('plan.json'), JSON.stringify(planDocument(plan)));
  const seeds = new Set<string>();
  let exit: number | null = null;
  let kills = 0;
  for (; exit === null; kills++) {
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', program, model.path, gradients, files.path('plan.json'), folder],
      { stdio: 'inherit' },
    );
    const ended = once(child, 'exit') as Promise<[number | null, string | null]>;
    // Longer each time, so that it ends.
    await Promise.race([ended, setTimeout(Math.random() * 1000 * (kills + 1))]);
    child.kill('SIGKILL');
    [exit] = await ended;
    expect(await openToOthers(folder)).toEqual([]);
    const record = await readFile(`${folder}/registering/record.json`).catch(() => undefined);
    if (record) seeds.add((await readFile(heldFile(folder, 'seed'))).toString('hex'));
  }
  expect(exit).toBe(0);
  expect(kills).toBeGreaterThan(1);
  expect(seeds.size).toBeLessThan(2);
  const state = await openState(folder);
  expect(await rootAnew(state)).toBe(state.registration.root);
  await files.remove();
});
