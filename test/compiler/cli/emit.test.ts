// lethe emit from the built command: what it writes, and what it does not write over.
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

describe('refused, with nothing written:', () => {
  const refusal = async (out: string, ...more: readonly string[]): Promise<string> => {
    const { exit, stdout } = await emit(out, ...more);
    expect(exit).toBe(2);
    const { diagnostics } = JSON.parse(stdout) as { diagnostics: { code: string }[] };
    return diagnostics.map(({ code }) => code).join();
  };

  test('an unknown target', () =>
    withFiles({}, async (path, list) => {
      expect(await refusal(path('out'), '--target', 'cobol')).toBe('unknown-target');
      expect(await refusal(path('out'), '--target', 'toString')).toBe('unknown-target');
      expect(await list()).toEqual([]);
    }));

  test('an unknown kind', () =>
    withFiles({}, async (path, list) => {
      expect(await refusal(path('out'), '--as', 'contract')).toBe('unknown-kind');
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
