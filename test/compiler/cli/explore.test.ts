// lethe explore as a user runs it.
import { expect, test } from 'vitest';
import { lethe } from './lethe.ts';

const few = [
  ...['explore', '--sizes', '8,16', '--weight-bits', '24'],
  ...['--tolerances', '0.000000476837158203125'],
];

interface Explored {
  readonly ok: boolean;
  readonly front: readonly {
    readonly size: number;
    readonly epsilon: number;
    readonly rowsPerWeight: number;
    readonly memory: number;
  }[];
}

test('the front as JSON, of block sizes', async () => {
  const { exit, stdout } = await lethe(...few, '--json');
  expect(exit).toBe(0);
  const { front } = JSON.parse(stdout) as Explored;
  expect(front.map(({ size }) => size)).toEqual([8, 16]);
  expect(front[0]!.rowsPerWeight).toBeLessThan(front[1]!.rowsPerWeight);
  for (const { epsilon, memory } of front) {
    expect(epsilon).toBeLessThanOrEqual(1e-2);
    expect(memory).toBeLessThanOrEqual(4e9);
  }
});

test('as a table and a plot, with a plan to copy', async () => {
  const { exit, stdout } = await lethe(...few, '--cost', 'core-ms');
  expect(exit).toBe(0);
  expect(stdout).toMatch(/\na +8 +24 +2\^-21 /);
  expect(stdout).toMatch(/\nb +16 +24 +2\^-21 /);
  expect(stdout).toContain('core-ms per weight  (· beaten by another plan)');
  expect(stdout).toContain('lethe apex plan --block-size 8 --weight-bits 24 --tolerance 4.76');
});

test('where nothing fits, why', async () => {
  const { exit, stderr } = await lethe(...few, '--epsilon', '1e-9');
  expect(exit).toBe(2);
  expect(stderr).toContain('no-plan');
  expect(stderr).toContain('have a larger ε');
});

test.each([
  [['--sizes', '0'], 'whole numbers from 1 to 64'],
  [['--sizes', '128'], 'whole numbers from 1 to 64'],
  [['--sizes', '8,,16'], 'whole numbers'],
  [['--tolerances', '-1'], 'numbers above 0'],
  [['--masked', '1.5'], 'at most 1'],
])('%s is refused', async (args, message) => {
  const { exit, stderr } = await lethe('explore', ...args);
  expect(exit).toBe(2);
  expect(stderr).toContain(message);
});
