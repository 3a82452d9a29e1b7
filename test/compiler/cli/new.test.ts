// lethe new, from the packed tarball in a folder of its own: what it prints works, with no network.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { installPacked, type Installation } from './packed.ts';
import { testInFull } from '../../full-test.ts';

let packed: Installation;

beforeAll(async () => {
  packed = await installPacked();
});
afterAll(() => packed.remove());

const read = (path: string): Promise<string> => readFile(join(packed.folder, path), 'utf8');

test('a package of the name, whose check, types and tests pass as they are', async () => {
  const made = await packed.run('.', 'lethe', 'new', 'my-circuit');
  expect(made).toMatchObject({ exit: 0, stderr: '' });
  expect(made.stdout).toContain('npm run check');
  for (const file of (await readdir(join(packed.folder, 'my-circuit'))).sort())
    expect(await read(`my-circuit/${file}`), file).not.toContain('starter');

  const script = (name: string) => packed.run('my-circuit', 'npm', 'run', name);
  const checked = await script('check');
  expect(checked.stdout).toContain('my-circuit: float, fixed point and');
  expect(checked.exit).toBe(0);
  const inspected = await script('inspect');
  expect(inspected.stdout).toContain('contract');
  expect(inspected.stdout).not.toContain('warning');
  expect(await script('types')).toMatchObject({ exit: 0 });
  const tested = await packed.run('my-circuit', 'npm', 'test');
  expect(tested.stdout).toContain('11 passed');
  expect(tested.exit).toBe(0);
});

test('its scripts are commands of lethe, its versions are ours, and git ignores what they write', async () => {
  await packed.run('.', 'lethe', 'new', 'scripts');
  const { scripts, devDependencies } = JSON.parse(await read('scripts/package.json')) as Record<
    string,
    Record<string, string>
  >;
  const own = JSON.parse(await read('node_modules/lethe/package.json')) as typeof scripts;
  expect(own!['devDependencies']).toMatchObject(devDependencies!);
  expect(Object.keys(scripts!)).toEqual(
    expect.arrayContaining(['test', 'check', 'audit', 'prove', 'verify', 'emit']),
  );
  const { stdout: help } = await packed.run('.', 'lethe', '--help');
  for (const command of Object.values(scripts!)) {
    const [program, name] = command.split(' ');
    if (program === 'lethe') expect(help).toMatch(new RegExp(`^ +${name} `, 'm'));
  }
  expect((await read('scripts/.gitignore')).split('\n')).toEqual(
    expect.arrayContaining(['proof.json', 'emitted/']),
  );
});

testInFull(
  'what it emits is strict-clean under tsc with o1js alone, and has the digest of its circuit',
  async () => {
    await packed.run('.', 'lethe', 'new', 'emitting');
    const made = await packed.run('emitting', 'npm', 'run', 'emit');
    expect(made).toMatchObject({ exit: 0 });
    const program = await read('emitting/emitted/program.ts');
    const inspected = await packed.run('emitting', 'npm', 'run', 'inspect', '--', '--json');
    const { digest } = JSON.parse(inspected.stdout.replace(/^>.*$/gm, '')) as { digest: string };
    expect(program).toContain(digest);
    expect(await packed.run('emitting/emitted', 'npm', 'run', 'build')).toMatchObject({ exit: 0 });
    // The author's own types and tests are not those of what was emitted.
    expect(await packed.run('emitting', 'npm', 'run', 'types')).toMatchObject({ exit: 0 });
  },
);

describe('what the package depends on', () => {
  const dependency = async (name: string, ...options: string[]): Promise<string> => {
    const { stdout } = await packed.run('.', 'lethe', 'new', name, '--json', ...options);
    const { lethe } = JSON.parse(stdout) as { lethe: string };
    const { dependencies } = JSON.parse(await read(`${name}/package.json`)) as {
      dependencies: Record<string, string>;
    };
    expect(dependencies).toEqual({ lethe });
    return lethe;
  };
  const installedFrom = (resolved: string): Promise<void> =>
    writeFile(
      join(packed.folder, 'node_modules/.package-lock.json'),
      JSON.stringify({ packages: { 'node_modules/lethe': { resolved } } }),
    );

  test('the folder, where nothing else is known', async () => {
    expect(await dependency('of-folder')).toBe('file:../node_modules/lethe');
  });

  test('the tarball that was installed', async () => {
    await installedFrom('file:lethe-0.1.0.tgz');
    expect(await dependency('of-tarball')).toBe('file:../lethe-0.1.0.tgz');
  });

  test('the version that a registry gave', async () => {
    await installedFrom('https://packages.example/lethe/-/lethe-0.1.0.tgz');
    expect(await dependency('of-version')).toMatch(/^\^\d+\.\d+\.\d+$/);
  });

  test('what the author says', async () => {
    expect(await dependency('of-author', '--lethe', 'file:../elsewhere')).toBe('file:../elsewhere');
  });
});

describe('refused', () => {
  test.each(['My-Circuit', '../up', '-x', 'a b', 'a--b', '', '.', "x'y", 'lethe', 'vitest'])(
    'the name "%s"',
    async (name) => {
      const { exit, stdout } = await packed.run('.', 'lethe', 'new', '--json', '--', name);
      expect(exit).toBe(2);
      expect(JSON.parse(stdout)).toMatchObject({ ok: false, diagnostics: [{ code: 'bad-name' }] });
    },
  );

  test('a folder that holds anything, and a file; an empty folder is taken', async () => {
    await mkdir(join(packed.folder, 'full/inside'), { recursive: true });
    await writeFile(join(packed.folder, 'file'), '');
    await mkdir(join(packed.folder, 'empty'));
    for (const name of ['full', 'file']) {
      const { exit, stderr } = await packed.run('.', 'lethe', 'new', name);
      expect({ exit, stderr }).toMatchObject({
        exit: 2,
        stderr: expect.stringContaining('not-empty'),
      });
    }
    expect(await readdir(join(packed.folder, 'full'))).toEqual(['inside']);
    expect(await packed.run('.', 'lethe', 'new', 'empty')).toMatchObject({ exit: 0 });
  });
});
