import { fork } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { effortOf } from '../../../../examples/studies/experiments/report/effort.ts';
import { json, tensors } from '../../../../examples/studies/experiments/runner/codec.ts';
import { Progress } from '../../../../examples/studies/experiments/runner/progress.ts';
import { Store } from '../../../../examples/studies/experiments/runner/store.ts';
import {
  inOrder,
  unit,
  type Json,
  type Unit,
} from '../../../../examples/studies/experiments/runner/unit.ts';
import { work } from '../../../../examples/studies/experiments/runner/work.ts';
import { slowUnits } from './slow-work.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lethe-units-'));
});
afterEach(() => rm(folder, { recursive: true }));

const constant = (settings: Json, needs: readonly Unit<unknown>[] = [], version = 1) =>
  unit({
    title: 'constant',
    kind: 'constant',
    version,
    settings,
    needs,
    codec: json<number>(),
    run: () => Promise.resolve(1),
  });

describe('the key of a unit', () => {
  test('does not depend on the order of settings', () => {
    expect(constant({ a: 1, b: [2] }).key).toBe(constant({ b: [2], a: 1 }).key);
  });

  test('changes with settings, version, and what is needed', () => {
    const inner = constant({ a: 1 });
    const keys = [
      inner,
      constant({ a: 2 }),
      constant({ a: 1 }, [], 2),
      constant({ a: 1 }, [inner]),
      constant({ a: 1 }, [constant({ a: 2 })]),
    ].map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
  });
});

test('what is needed comes first, and once', () => {
  const [a, b] = [constant('a'), constant('b')];
  const c = constant('c', [a, b]);
  const d = constant('d', [c, a]);
  expect(inOrder([d, c])).toEqual([a, b, c, d]);
});

test('a killed run continues: what was finished is kept, what was not is computed', async () => {
  const file = fileURLToPath(new URL('./slow-work.ts', import.meta.url));
  const child = fork(file, [folder], { execArgv: ['--import', 'tsx'] });
  const started: string[] = [];
  await new Promise<void>((resolve) =>
    child.on('message', (title) => {
      started.push(String(title));
      if (title === 'second') resolve();
    }),
  );
  child.kill('SIGKILL');
  await new Promise((resolve) => child.on('exit', resolve));
  expect(started).toEqual(['first', 'second']);
  // The dead process's claim is still there.
  expect((await readdir(folder)).some((name) => name.endsWith('.claim'))).toBe(true);

  const computed: string[] = [];
  const goal = slowUnits((title) => computed.push(title), false);
  const store = new Store(folder);
  await work({ store, goals: [goal] });
  expect(computed).toEqual(['second']);
  expect(await store.read(goal)).toBe(21);
  await work({ store, goals: [goal] });
  expect(computed).toEqual(['second']);
  expect((await readdir(folder)).some((name) => name.endsWith('.claim'))).toBe(false);
});

test('a unit that another living process has is left to it', async () => {
  const store = new Store(folder);
  const own = constant('own');
  expect(await store.claim(own)).toBe(true);
  expect(await store.claim(own)).toBe(false);
  await store.release(own);
  expect(await store.claim(own)).toBe(true);
});

test('a unit that throws is not finished and not claimed', async () => {
  const broken: Unit<number> = { ...constant('x'), run: () => Promise.reject(new Error('broken')) };
  const store = new Store(folder);
  await expect(work({ store, goals: [broken] })).rejects.toThrow('broken');
  expect(store.has(broken)).toBe(false);
  expect(await readdir(folder)).toEqual([]);
});

test('a result without its record does not count', async () => {
  const store = new Store(folder);
  const own = constant('own');
  await writeFile(join(folder, `${own.key}.json`), '5');
  expect(store.has(own)).toBe(false);
  await expect(store.read(own)).rejects.toThrow('not finished');
});

test('what was spent is summed over each unit once, and unknown while one is missing', async () => {
  const store = new Store(join(folder, 'effort'));
  const [first, second] = [constant('first'), constant('second')];
  await work({ store, goals: [first] });
  await expect(effortOf([first, second], store)).rejects.toThrow('is not finished');
  await work({ store, goals: [second] });
  const [one, both] = [
    await effortOf([first], store),
    await effortOf([first, second, first], store),
  ];
  expect([one.units, both.units]).toEqual([1, 2]);
  expect(both.seconds).toBeGreaterThan(one.seconds);
});

test('time left counts kinds that were timed by their mean, others by their guess', () => {
  const [a, b, c] = [constant('a'), constant('b'), constant('c')];
  const other: Unit<number> = { ...constant('d'), kind: 'other', seconds: 7 };
  const progress = new Progress([a, b, c, other]);
  expect(progress.left).toBe(3 * 5 + 7);
  progress.add(a, { title: '', kind: 'constant', seconds: 100, busy: 100 });
  progress.add(b, { title: '', kind: 'constant', seconds: 200, busy: 200 });
  expect(progress.left).toBe(150 + 7);
  expect(progress.line(1)).toBe('2 of 4, about 3 min left');
});

test('tensors come back as they were written', async () => {
  const file = join(folder, 'x.safetensors');
  const weights = new Map([['w', { shape: [2, 2], data: Float32Array.of(1, -2.5, 0.1, 3) }]]);
  await tensors.write(file, weights);
  expect(await tensors.read(file)).toEqual(weights);
});
