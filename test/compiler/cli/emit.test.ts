// lethe emit: what it writes, and what it does not write over. Programs are given as TypeScript
// and as text.
import { chmod, mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { exampleFile, lethe, withFiles } from './lethe.ts';

const emit = (out: string, ...more: readonly string[]) =>
  lethe('emit', exampleFile, '--target', 'o1js', '--out', out, ...more, '--json');

test('a package, with the circuit and its digest', () =>
  withFiles({}, async (path) => {
    const { exit, stdout } = await emit(path('a/b'), '--set', 'blocks=1');
    expect(exit).toBe(0);
    const said = JSON.parse(stdout) as { digest: string; files: string[] };
    expect(said).toMatchObject({ ok: true, circuit: 'group-obs', target: 'o1js' });
    expect(said.files).toEqual(expect.arrayContaining(['README.md', 'circuit.ts', 'main.ts']));
    const program = await readFile(path('a/b/program.ts'), 'utf8');
    expect(program).toContain(said.digest);
    expect(program).toContain('zkFunction');
    const inspected = await lethe('inspect', exampleFile, '--set', 'blocks=1', '--json');
    expect(JSON.parse(inspected.stdout)).toMatchObject({ digest: said.digest });
  }));

test('--as program', () =>
  withFiles({}, async (path) => {
    expect((await emit(path('out'), '--as', 'program')).exit).toBe(0);
    expect(await readFile(path('out/program.ts'), 'utf8')).toContain('ZkProgram({');
  }));

const text = `circuit half [size=2]
  secret x : q12.4[2]
  %1 = rescale x to=q9.1 : q9.1[2]
  %2 = assert-within %1 low=-8 high=8 : q9.1[2]
  expose %1 name="y"
`;

describe('a program as text', () => {
  test('for o1js', () =>
    withFiles({ 'half.lethe': text }, async (path) => {
      const args = ['--target', 'o1js', '--out', path('out'), '--json'];
      const { exit, stdout } = await lethe('emit', path('half.lethe'), ...args);
      expect(exit).toBe(0);
      const { digest } = JSON.parse(stdout) as { digest: string };
      const inspected = await lethe('inspect', path('half.lethe'), '--json');
      expect(JSON.parse(inspected.stdout)).toMatchObject({ digest });
      const written = await readFile(path('out/circuit.ts'), 'utf8');
      expect(written).toContain('c.rescale(x, { to: q(9, 1) })');
    }));

  const noir = (path: (name: string) => string, ...more: readonly string[]) =>
    lethe('emit', path('half.lethe'), '--target', 'noir', '--out', path('out'), ...more);

  test('for Noir, and how to get its inputs', () =>
    withFiles({ 'half.lethe': text }, async (path) => {
      const { exit, stdout } = await noir(path);
      expect(exit).toBe(0);
      expect(stdout).toContain('begin with src/main.nr\n--inputs FILE writes Prover.toml, too');
      expect((await readdir(path('out'))).sort()).toEqual(['Nargo.toml', 'src']);
      const main = await readFile(path('out/src/main.nr'), 'utf8');
      expect(main).toContain('// %1 = rescale x to=q9.1 : q9.1[2]');
    }));

  test('for Noir, with inputs', () =>
    withFiles({ 'half.lethe': text, 'x.json': '{"x": [0.5, -1]}' }, async (path) => {
      const { exit, stdout } = await noir(path, '--inputs', path('x.json'));
      expect(exit).toBe(0);
      expect(stdout).not.toContain('Prover.toml');
      const prover = await readFile(path('out/Prover.toml'), 'utf8');
      expect(prover).toMatch(/^x = \["8", "0x[0-9a-f]+"\]\n[^]*\[return\]\n.*\ny = \["1", "0x/m);
    }));

  test('for Noir, with inputs that are refused: 1, and nothing written', () =>
    withFiles({ 'half.lethe': text, 'x.json': '{"x": [0.5, 100]}' }, async (path, list) => {
      const { exit, stderr } = await noir(path, '--inputs', path('x.json'));
      expect(exit).toBe(1);
      expect(stderr).toContain('half.lethe:4:3: error[assertion-failed]');
      expect((await list()).sort()).toEqual(['half.lethe', 'x.json']);
    }));
});

describe('refused, with nothing written:', () => {
  const refusal = async (out: string, ...more: readonly string[]): Promise<string> => {
    const { exit, stdout } = await emit(out, ...more);
    expect(exit).toBe(2);
    const { diagnostics } = JSON.parse(stdout) as { diagnostics: { code: string }[] };
    return diagnostics.map(({ code }) => code).join();
  };

  test('what Noir would mean otherwise, each line with its place', () =>
    withFiles({}, async (path, list) => {
      const refused = await lethe('emit', exampleFile, '--target', 'noir', '--out', path('out'));
      expect(refused.exit).toBe(2);
      expect(refused.stderr).toMatch(
        /group-obs.ts:\d+:\d+: error\[unsupported-by-target\]: target noir: hash is Poseidon over kimchi's field/,
      );
      expect(await list()).toEqual([]);
    }));

  test('inputs for a package that reads its own', () =>
    withFiles({}, async (path, list) => {
      expect(await refusal(path('out'), '--inputs', 'x.json')).toBe('takes-no-inputs');
      expect(await list()).toEqual([]);
    }));

  test('an unknown target', () =>
    withFiles({}, async (path, list) => {
      expect(await refusal(path('out'), '--target', 'cobol')).toBe('unknown-target');
      expect(await refusal(path('out'), '--target', 'toString')).toBe('unknown-target');
      expect(await list()).toEqual([]);
    }));

  test('an unknown kind', () =>
    withFiles({}, async (path, list) => {
      expect(await refusal(path('out'), '--as', 'contract')).toBe('unknown-kind');
      expect(await refusal(path('out'), '--target', 'noir', '--as', 'program')).toBe(
        'unknown-kind',
      );
      expect(await list()).toEqual([]);
    }));

  test('a file in the place of the folder, or of one above it', () =>
    withFiles({ file: '' }, async (path) => {
      expect(await refusal(path('file'))).toBe('cannot-write');
      expect(await refusal(path('file/below'))).toBe('cannot-write');
    }));

  test.skipIf(process.getuid?.() === 0)('a folder that may not be written to', () =>
    withFiles({}, async (path) => {
      await mkdir(path('locked'));
      await chmod(path('locked'), 0o500);
      expect(await refusal(path('locked/out'))).toBe('cannot-write');
    }),
  );

  test('a folder that is not empty, unless --force is given; other files stay', () =>
    withFiles({}, async (path) => {
      await mkdir(path('out'));
      await writeFile(path('out/mine.txt'), 'mine');
      expect(await refusal(path('out'))).toBe('not-empty');
      expect(await readdir(path('out'))).toEqual(['mine.txt']);
      expect((await emit(path('out'), '--force')).exit).toBe(0);
      expect(await readFile(path('out/mine.txt'), 'utf8')).toBe('mine');
    }));
});
