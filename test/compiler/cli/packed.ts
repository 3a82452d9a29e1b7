// The packed library as an author has it installed: the tarball unpacked in a node_modules, its dependencies beside it.
import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, rename, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Ended } from './lethe.ts';

const root = new URL('../../..', import.meta.url).pathname;
const execute = promisify(execFile);

export interface Installation {
  readonly folder: string;
  /** Runs a program in a folder below; `lethe`, `vitest` and `tsc` are found as npm's scripts find them. */
  run(where: string, program: string, ...args: readonly string[]): Promise<Ended>;
  remove(): Promise<void>;
}

/** Takes the build as it is: dist/ must be there. */
export async function installPacked(): Promise<Installation> {
  const folder = await mkdtemp(join(tmpdir(), 'lethe-packed-'));
  const modules = join(folder, 'node_modules');
  await mkdir(join(modules, '.bin'), { recursive: true });
  const packing = ['pack', '--ignore-scripts', '--json', '--pack-destination', folder];
  await execute('npm', packing, { cwd: root });
  const tarball = (await readdir(folder)).find((file) => file.endsWith('.tgz'))!;
  await execute('tar', ['-xzf', join(folder, tarball), '-C', folder]);
  await rename(join(folder, 'package'), join(modules, 'lethe'));
  for (const name of await readdir(join(root, 'node_modules')))
    if (!name.startsWith('.')) await symlink(join(root, 'node_modules', name), join(modules, name));
  // As npm does.
  await chmod(join(modules, 'lethe/dist/compiler/cli/main.js'), 0o755);
  const bins = { lethe: '../lethe/dist/compiler/cli/main.js', vitest: '../vitest/vitest.mjs' };
  for (const [name, target] of Object.entries({ ...bins, tsc: '../typescript/bin/tsc' }))
    await symlink(target, join(modules, '.bin', name));
  return {
    folder,
    run: (where, program, ...args) => runIn(folder, where, program, args),
    remove: () => rm(folder, { recursive: true }),
  };
}

async function runIn(
  folder: string,
  where: string,
  program: string,
  args: readonly string[],
): Promise<Ended> {
  const path = `${join(folder, 'node_modules/.bin')}:${process.env['PATH']}`;
  const env = { ...process.env, PATH: path, CI: 'true', NO_COLOR: '1', VITEST: undefined };
  return execute(program, args, { cwd: join(folder, where), env }).then(
    ({ stdout, stderr }) => ({ exit: 0, stdout, stderr }),
    (error: { code: number; stdout: string; stderr: string }) => ({ ...error, exit: error.code }),
  );
}
