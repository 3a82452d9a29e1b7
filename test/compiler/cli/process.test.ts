// The built command in processes of its own: exit codes, what goes to which stream, and a reader that goes away. All else that a
// command does is tested by calls.
import { spawn } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { exampleFile, root, withFiles } from './lethe.ts';
import { command, start } from './start.ts';

const bounded =
  'circuit bounded\n  secret x : q12.4[1]\n  %1 = assert-within x low=-8 high=8 : q12.4[1]\n';

describe('exit codes', () => {
  test('0: help on standard output', async () => {
    const { exit, stdout, stderr } = await start('--help');
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
    expect(stdout).toContain('Exit codes:');
  });

  test.each([
    ['0.5', 0],
    ['1.5', 1],
  ])('an assertion about %s: %i', (x, expected) =>
    withFiles({ 'b.lethe': bounded, 'in.json': `{ "x": [${x}] }` }, async (path) => {
      const { exit, stdout, stderr } = await start(
        ...['check', path('b.lethe'), '--inputs', path('in.json')],
      );
      expect(exit).toBe(expected);
      expect([stdout, stderr].map((text) => text === '')).toEqual(
        expected === 0 ? [false, true] : [true, false],
      );
    }),
  );

  test('2: usage, on standard error, or as one JSON object', async () => {
    const text = await start('frobnicate');
    expect(text).toMatchObject({ exit: 2, stdout: '' });
    expect(text.stderr).toContain('unknown command');
    const json = await start('frobnicate', '--json');
    expect(json).toMatchObject({ exit: 2, stderr: '' });
    expect(JSON.parse(json.stdout)).toMatchObject({ ok: false, diagnostics: [{ code: 'usage' }] });
  });
});

test("what an author's file prints is not on standard output", () =>
  withFiles(
    {
      'circuit.ts': `import { circuit } from 'lethe';
console.log('hello');
export default circuit('thrown', {}, () => { throw new Error('on purpose'); });
`,
    },
    async (path) => {
      const { exit, stdout, stderr } = await start('inspect', path('circuit.ts'), '--json');
      expect([exit, stderr]).toEqual([2, 'hello\n']);
      expect(JSON.parse(stdout)).toMatchObject({ diagnostics: [{ code: 'build-failed' }] });
    },
    { inPackage: true },
  ));

test('a reader that goes away changes nothing about how the command ends', async () => {
  const child = spawn(process.execPath, [command, 'inspect', exampleFile], { cwd: root });
  child.stdout.destroy();
  let stderr = '';
  child.stderr.on('data', (data: Buffer) => (stderr += data.toString()));
  const exit = await new Promise((resolve) => child.on('close', resolve));
  expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
});
