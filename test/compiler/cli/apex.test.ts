// What `lethe apex` says to somebody who uses it for the first time. What its steps do is tested with the demo's parties, in
// test/examples/unlearn-digits.
import { describe, expect, test } from 'vitest';
import { lethe, withFiles } from './lethe.ts';

const steps = [
  'plan',
  'register',
  'enroll',
  'mask',
  'window',
  'unlearn',
  'verify',
  'export',
  'status',
  'sample',
] as const;

test('lists its steps in the order of the protocol', async () => {
  const { exit, stdout } = await lethe('apex', '--help');
  expect(exit).toBe(0);
  const listed = [...stdout.matchAll(/^ {2}([a-z]+) (?:\[|<)/gm)].map(([, name]) => name);
  expect(listed.filter((name) => name !== 'help')).toEqual(steps);
  // And tells the flow, of which status and sample are no part.
  for (const step of steps.slice(0, -2)) expect(stdout).toContain(`lethe apex ${step}`);
});

describe.each(steps)('%s', (step) => {
  test('has help with an example', async () => {
    const { exit, stdout } = await lethe('apex', step, '--help');
    expect(exit).toBe(0);
    expect(stdout).toContain(`Example:\n  lethe apex ${step} `);
    expect(stdout).toContain('--json');
  });

  test('says what is missing', async () => {
    const { exit, stdout } = await lethe('apex', step, '--json');
    expect(exit).toBe(2);
    expect(JSON.parse(stdout)).toMatchObject({ ok: false, diagnostics: [{ code: 'usage' }] });
  });
});

test('help says what is taken when nothing is said', async () => {
  const help = async (step: string): Promise<string> =>
    (await lethe('apex', step, '--help')).stdout.replace(/\s+/g, ' ');
  const plan = await help('plan');
  for (const value of ['"inverse"', '24', '4']) expect(plan).toContain(`default: ${value})`);
  expect(plan).toContain('weights of a Fisher block, 8 unless a scope file says otherwise');
  expect(await help('register')).toContain('mean squared gradient (default: 0.3)');
});

test('status takes one folder, and says whose is missing', async () => {
  const both = await lethe('apex', 'status', '--provider', 'a', '--state', 'b');
  expect([both.exit, both.stderr]).toEqual([2, expect.stringContaining('cannot be used with')]);
  await withFiles({}, async (path) => {
    const provider = await lethe('apex', 'status', '--provider', path('none'));
    expect([provider.exit, provider.stderr]).toEqual([2, expect.stringContaining('no-provider')]);
    const client = await lethe('apex', 'status', '--state', path('none'));
    expect([client.exit, client.stderr]).toEqual([2, expect.stringContaining('no-state')]);
  });
});
