// Programs as text at the command line: every command that takes a circuit takes one, and fmt brings it into form.
import { readFile, stat } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { exampleFile, lethe, withFiles } from './lethe.ts';

const half = `circuit half [size=2]
  secret x : q12.4[2]
  %1 = rescale x to=q9.1 : q9.1[2]
  %2 = assert-within %1 low=-8 high=8 : q9.1[2]
  expose %1 name="y"
`;
const inputs = JSON.stringify({ x: [0.5, 1.5] });

describe('every command takes a program as text', () => {
  test('inspect prints a program: read back it has the same constraints', async () => {
    const { stdout } = await lethe('inspect', exampleFile, '--set', 'blocks=1');
    const digest = /digest [0-9a-f]{64}/.exec(stdout)![0];
    await withFiles({ 'copy.lethe': stdout }, async (path) => {
      const copy = await lethe('inspect', path('copy.lethe'));
      expect(copy.exit).toBe(0);
      expect(copy.stdout).toContain(digest);
      expect(copy.stdout).toContain('circuit group-obs [blocks=1 size=4 rank=2]');
      expect((await lethe('fmt', '--check', path('copy.lethe'))).exit).toBe(0);
    });
  });

  test('check', () =>
    withFiles({ 'half.lethe': half, 'in.json': inputs }, async (path) => {
      const args = ['check', path('half.lethe'), '--inputs', path('in.json'), '--json'];
      const { exit, stdout } = await lethe(...args);
      expect(JSON.parse(stdout)).toMatchObject({ ok: true, outputs: { y: { value: [0.5, 1.5] } } });
      expect(exit).toBe(0);
    }));

  test('an assertion that fails is named with its line of the text', () =>
    withFiles({ 'half.lethe': half, 'in.json': '{ "x": [5, 0] }' }, async (path) => {
      const { exit, stderr } = await lethe(
        'check',
        path('half.lethe'),
        '--inputs',
        path('in.json'),
      );
      expect(exit).toBe(1);
      expect(stderr).toContain('half.lethe:4:3: error[assertion-failed]: ');
    }));

  test('one that asks for more gates than a budget, which a flag raises', () => {
    const large = `circuit large
  secret x : q8.0[90]
  %1 = mul x x : q16.0[90]
  expose %1 name="y"
`;
    return withFiles({ 'large.lethe': large, 'half.lethe': half }, async (path) => {
      const small = await lethe('inspect', path('half.lethe'), '--most-gates', '10');
      expect(small.exit).toBe(2);
      expect(small.stderr.match(/too-much-work/g)).toHaveLength(1);
      expect(small.stderr).toMatch(
        /half\.lethe:3:\d+: error\[too-much-work\]: rescale brings the circuit to about \d+ gates \(\d+ of this line\), and at most 10 are built/,
      );
      const args = ['inspect', path('large.lethe'), '--most-gates', '10000000'];
      expect((await lethe(...args)).exit).toBe(0);
      expect((await lethe('inspect', path('half.lethe'), '--most-gates', 'many')).exit).toBe(2);
    });
  });

  test('formats: nothing is open', () =>
    withFiles({ 'half.lethe': half }, async (path) => {
      const { exit, stderr } = await lethe('formats', path('half.lethe'));
      expect(exit).toBe(2);
      expect(stderr).toContain('nothing-open');
    }));

  test('its parameters are fixed', () =>
    withFiles({ 'half.lethe': half }, async (path) => {
      const { exit, stderr } = await lethe('inspect', path('half.lethe'), '--set', 'size=3');
      expect(exit).toBe(2);
      expect(stderr.replace(/\S*half/, 'half')).toBe(
        `error[fixed-parameters]: half.lethe: the parameter "size" cannot be set: a program as text is built for size=2
  hint: set it where the circuit is written in TypeScript, and print that: lethe inspect FILE --set …
`,
      );
    }));

  test('an input that nothing depends on is refused, as in a circuit', () =>
    withFiles({ 'u.lethe': 'circuit u\n  secret x : bit[]\n' }, async (path) => {
      const { exit, stderr } = await lethe('inspect', path('u.lethe'));
      expect(exit).toBe(2);
      expect(stderr).toContain('u.lethe:2:3: error[unused-input]: ');
    }));

  test('all mistakes are printed; a name that is not in it, and a file that is not there', () =>
    withFiles({ 'bad.lethe': 'circuit bad\n  %1 = ad\n  expose z name="y"\n' }, async (path) => {
      const { exit, stdout } = await lethe('inspect', path('bad.lethe'), '--json');
      expect(exit).toBe(2);
      expect(JSON.parse(stdout)).toMatchObject({
        diagnostics: [
          { code: 'unknown-op', where: { line: 2, column: 8 } },
          { code: 'unknown-value', where: { line: 3, column: 10 } },
        ],
      });
      expect((await lethe('inspect', 'nowhere.lethe')).stderr).toContain('error[cannot-read]');
    }));
});

describe('fmt', () => {
  const rough =
    half.replace('%1 = rescale x ', '%9=rescale   x  ').replaceAll(' %1', ' %9') + '\n\n# end';
  const formed = `${half}\n# end\n`;

  test('rewrites in place, once', () =>
    withFiles({ 'a.lethe': rough, 'b.lethe': half }, async (path, list) => {
      const files = [path('a.lethe'), path('b.lethe')];
      const checked = await lethe('fmt', '--check', ...files);
      expect(checked).toMatchObject({ exit: 1, stdout: '' });
      expect(checked.stderr).toContain('a.lethe: not in its one form\n');
      expect(checked.stderr).toContain('b.lethe: unchanged\n');
      expect(await readFile(files[0]!, 'utf8')).toBe(rough);

      const { exit, stdout } = await lethe('fmt', ...files, '--json');
      expect(exit).toBe(0);
      expect(JSON.parse(stdout)).toEqual({
        ok: true,
        files: [
          { file: files[0], changed: true },
          { file: files[1], changed: false },
        ],
      });
      expect(await readFile(files[0]!, 'utf8')).toBe(formed);
      const { mtimeMs } = await stat(files[0]!);
      expect((await lethe('fmt', '--check', ...files)).exit).toBe(0);
      expect((await lethe('fmt', ...files)).exit).toBe(0);
      expect((await stat(files[0]!)).mtimeMs).toBe(mtimeMs);
      expect(await list()).toEqual(['a.lethe', 'b.lethe']);
    }));

  test('a file with mistakes is left as it is, others are not held up', () =>
    withFiles({ 'a.lethe': 'circuit a\n  expose x name="y"\n', 'b.lethe': rough }, async (path) => {
      const { exit, stderr } = await lethe('fmt', path('a.lethe'), path('b.lethe'));
      expect(exit).toBe(2);
      expect(stderr).toContain('a.lethe:2:10: error[unknown-value]: no value is called x');
      expect(stderr).toContain('b.lethe: rewritten');
      expect(await readFile(path('b.lethe'), 'utf8')).toBe(formed);
    }));

  test('what is no text in UTF-8, and what is no program as text', () =>
    withFiles({ 'a.lethe': Uint8Array.of(0x23, 0xfc, 0x0a), 'a.ts': '' }, async (path) => {
      const bytes = await lethe('fmt', path('a.lethe'));
      expect(bytes.exit).toBe(2);
      expect(bytes.stderr).toContain('error[cannot-read]');
      expect((await lethe('fmt', path('a.ts'))).stderr).toContain('error[unknown-file-type]');
    }));
});
