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
  'link',
  'status',
  'sample',
  'erase',
] as const;

test('lists its steps in the order of the protocol', async () => {
  const { exit, stdout } = await lethe('apex', '--help');
  expect(exit).toBe(0);
  const listed = [...stdout.matchAll(/^ {2}([a-z]+) (?:\[|<)/gm)].map(([, name]) => name);
  expect(listed.filter((name) => name !== 'help')).toEqual(steps);
  // And tells the flow, of which status, sample and erase are no part.
  for (const step of steps.slice(0, -3)) expect(stdout).toContain(`lethe apex ${step}`);
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

const help = async (...step: readonly string[]): Promise<string> =>
  (await lethe('apex', ...step, '--help')).stdout.replace(/\s+/g, ' ');

test('help says what is taken when nothing is said', async () => {
  const plan = await help('plan');
  for (const value of ['"root"', '24', '4']) expect(plan).toContain(`default: ${value})`);
  expect(plan).toContain('weights of a Fisher block, 32 unless a scope file says otherwise');
  expect(await help('register')).toContain('mean squared gradient (default: 0.3)');
  expect(plan).toContain('(choices: "never", "linked", "any", default: "linked")');
  expect(plan).toContain('or all (default: 64)');
  expect(await help('enroll')).toContain('name with .receipt.json or .challenge.json unless');
});

test('help teaches receipts, newcomers, and plans that follow others', async () => {
  const all = await help();
  for (const word of ['registration.receipt.json', 'newcomer', '--window', 'newest'])
    expect(all).toContain(word);
  expect(await help('register')).toContain('--window <file> the newest window of the plan');
  expect(await help('unlearn')).toContain('--receipt <file>');
  expect(await help('unlearn')).toContain('--anew');
  expect(await help('plan')).toContain('--after <folder>');
});

test('help teaches how a client registers anew', async () => {
  const enroll = await help('enroll');
  for (const word of ['--replace', 'the consent of its former key', 'challenge', 'pending'])
    expect(enroll).toContain(word);
  expect(await help('plan')).toContain('Each needs the signature of its former key');
  expect(await help('status')).toContain('registrations that wait for a link');
  for (const word of ['Anew', '--reregister', 'enroll --replace'])
    expect(await help()).toContain(word);
});

const model = ['--model', 'm.safetensors'];
const out = ['--out', 'o'];
const state = ['--state', 's'];

test.each([
  [['plan', '--block-size', '65'], 'a whole number from 1 to 64'],
  [['plan', '--keep', 'tree'], 'Allowed choices are root, leaves'],
  [['plan', '--reregister', 'sometimes'], 'Allowed choices are never, linked, any'],
  [['plan', '--link', '0'], 'a whole number from 1 to 4294967295, or all'],
  [['plan', '--link', 'some'], 'a whole number from 1 to 4294967295, or all'],
  [['plan', '--form', 'kkt'], "unknown option '--form'"],
  [['plan', '--rank', '2'], "unknown option '--rank'"],
  [['plan', '--curvature-bits', '8'], "unknown option '--curvature-bits'"],
  [['unlearn', 'window.json', '--tile', '9'], 'a whole number from 10 to 16'],
])('%s is refused', async (args, message) => {
  const rest = args[0] === 'plan' ? [...model, ...out] : [...state, ...out];
  const { exit, stderr } = await lethe('apex', ...args, ...rest);
  expect([exit, stderr]).toEqual([2, expect.stringContaining(message)]);
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
