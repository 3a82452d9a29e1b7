// Finds the circuit that an author's file exports, TypeScript or JavaScript, or reads it from a program as text.
import { randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isCircuit, type AnyCircuit } from '../../dsl/circuit.ts';
import { fail, isLetheError } from '../diagnostics/diagnostic.ts';
import { isText, loadText } from './load-text.ts';
import { shareLibrary } from './share-library.ts';

/**
 * Imports the file and returns its circuit; `name` chooses where it exports several. Throws `cannot-read`,
 * `cannot-load`, `no-circuit` or `which-circuit`, and what is wrong with a text.
 */
export async function loadCircuit(file: string, name?: string): Promise<AnyCircuit> {
  const found = new Map((await circuitsOf(file)).map((c) => [c.name, c]));
  const names = [...found.keys()].join(', ');
  if (found.size === 0)
    fail(
      'no-circuit',
      `${file} exports no circuit`,
      "export default circuit('name', { … }, (c) => { … })",
    );
  if (name !== undefined)
    return (
      found.get(name) ??
      fail('no-circuit', `${file} exports no circuit "${name}"`, `it exports: ${names}`)
    );
  if (found.size > 1)
    fail('which-circuit', `${file} exports several circuits`, `choose one with --name: ${names}`);
  return [...found.values()][0]!;
}

async function circuitsOf(file: string): Promise<AnyCircuit[]> {
  if (isText(file)) return [await loadText(file)];
  const exported = await importFile(file);
  // In a CommonJS package the exports of the file are the default export of what is imported.
  const inner = exported['default'];
  return [exported, typeof inner === 'object' && inner !== null ? inner : {}]
    .flatMap((each) => Object.values(each) as unknown[])
    .filter(isCircuit);
}

const imported = new Map<string, Promise<Record<string, unknown>>>();

/** Once in a process, as by `import`; tsImport would load the file and the library with it anew. */
function importFile(file: string): Promise<Record<string, unknown>> {
  const path = resolve(file);
  const known = imported.get(path);
  if (known) return known;
  const exported = importPath(path, file);
  imported.set(path, exported);
  return exported;
}

async function importPath(path: string, file: string): Promise<Record<string, unknown>> {
  const isFile = await stat(path).then(
    (s) => s.isFile(),
    () => false,
  );
  if (!isFile) fail('cannot-read', `${file}: not a file`, 'check the path');
  // Errors in the author's file should point at the line he wrote.
  process.setSourceMapsEnabled(true);
  try {
    return await (
      await typeScriptImport()
    )(path);
  } catch (error) {
    if (isLetheError(error)) throw error;
    return fail('cannot-load', `${file}: ${error instanceof Error ? error.message : error}`);
  }
}

/** As `tsImport` of tsx does it, with the library shared. */
async function typeScriptImport(): Promise<(path: string) => Promise<Record<string, unknown>>> {
  const [cjs, esm] = await Promise.all([import('tsx/cjs/api'), import('tsx/esm/api')]);
  const namespace = randomUUID();
  cjs.register({ namespace });
  const scoped = esm.register({ namespace });
  shareLibrary();
  return async (path) =>
    (await scoped.import(pathToFileURL(path).href, import.meta.url)) as Record<string, unknown>;
}
