// Imports an author's file, TypeScript or JavaScript, as a module of its package.
import { randomUUID } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { dirname, join, parse, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { fail, isLetheError } from '../diagnostics/diagnostic.ts';
import { shareLibrary } from './share-library.ts';

type Exports = Record<string, unknown>;

/** Once for a file, however often it is asked for: its hints are defined once. Throws `cannot-read` or `cannot-load`. */
export async function importFile(file: string): Promise<Exports> {
  const path = resolve(file);
  if (!(await isFile(path))) fail('cannot-read', `${file}: not a file`, 'check the path');
  // Errors in the author's file should point at the line he wrote.
  process.setSourceMapsEnabled(true);
  try {
    return await (
      await (scope ??= openScope())
    )(path);
  } catch (error) {
    if (isLetheError(error)) throw error;
    return fail('cannot-load', `${file}: ${error instanceof Error ? error.message : error}`);
  }
}

const isFile = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isFile(),
    () => false,
  );

let scope: Promise<(path: string) => Promise<Exports>> | undefined;

/** As `tsImport` of tsx does it, with the library shared. */
async function openScope(): Promise<(path: string) => Promise<Exports>> {
  const [cjs, esm] = await Promise.all([import('tsx/cjs/api'), import('tsx/esm/api')]);
  const namespace = randomUUID();
  const required = cjs.register({ namespace });
  const imported = esm.register({ namespace });
  shareLibrary();
  // A file that tsx imports as CommonJS is named by a data: URL in the stack: its lines are lost.
  return async (path) =>
    (await isCommonJs(path))
      ? { default: required.require(path, import.meta.url) as unknown }
      : ((await imported.import(pathToFileURL(path).href, import.meta.url)) as Exports);
}

/** A file outside of a package with `"type": "module"`, in any syntax. */
async function isCommonJs(path: string): Promise<boolean> {
  const { dir, name, ext } = parse(path);
  if (ext === '.cts' || ext === '.cjs') return true;
  if (ext === '.mts' || ext === '.mjs' || (await packageType(path)) === 'module') return false;
  // Where x.ts lies beside x.js, tsx requires it in its place.
  const others = ['.ts', '.tsx'].map((other) => isFile(join(dir, name + other)));
  return !ext.startsWith('.js') || !(await Promise.all(others)).includes(true);
}

/** What the nearest package.json above says. */
async function packageType(path: string): Promise<unknown> {
  const folder = dirname(path);
  if (folder === path) return undefined;
  const text = await readFile(join(folder, 'package.json'), 'utf8').catch(() => undefined);
  if (text === undefined) return packageType(folder);
  try {
    return (JSON.parse(text) as { type?: unknown } | null)?.type;
  } catch {
    return undefined;
  }
}
