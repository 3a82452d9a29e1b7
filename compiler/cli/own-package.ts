// The package that this command belongs to: where it lies, and how another package can depend on it.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, relative, resolve, sep } from 'node:path';

const file = createRequire(import.meta.url).resolve('lethe/package.json');

export const ownFolder = dirname(file);

/**
 * What a package.json in `folder` depends on to get the lethe that this command is of: the version when it came from a
 * registry, else the tarball, or the folder, that it was installed from.
 */
export async function dependencyFrom(folder: string): Promise<string> {
  const installed = await installedFrom();
  if (installed?.startsWith('http')) {
    const { version } = JSON.parse(await readFile(file, 'utf8')) as { version: string };
    return `^${version}`;
  }
  const source = installed?.startsWith('file:')
    ? resolve(dirname(dirname(ownFolder)), installed.slice('file:'.length))
    : ownFolder;
  return `file:${relative(folder, source).split(sep).join('/')}`;
}

/** As npm wrote it down where it installed lethe; undefined elsewhere. */
async function installedFrom(): Promise<string | undefined> {
  const modules = dirname(ownFolder);
  if (basename(modules) !== 'node_modules') return undefined;
  const text = await readFile(resolve(modules, '.package-lock.json'), 'utf8').catch(() => '{}');
  const { packages } = JSON.parse(text) as {
    packages?: Record<string, { resolved?: string } | undefined>;
  };
  return packages?.['node_modules/lethe']?.resolved;
}
