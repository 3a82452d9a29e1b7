// Finds the circuit that an author's file exports, TypeScript or JavaScript, or reads it from a program as text.
import { isCircuit, type AnyCircuit } from '../../dsl/circuit.ts';
import { fail } from '../diagnostics/diagnostic.ts';
import { importFile } from './import-file.ts';
import type { WorkLimit } from '../program/work.ts';
import { isText, loadText } from './load-text.ts';

/**
 * Imports the file and returns its circuit; `name` chooses where it exports several. Throws `cannot-read`,
 * `cannot-load`, `no-circuit` or `which-circuit`, and what is wrong with a text, which may ask for so many gates.
 */
export async function loadCircuit(
  file: string,
  name?: string,
  limit: WorkLimit = {},
): Promise<AnyCircuit> {
  const found = new Map((await circuitsOf(file, limit)).map((c) => [c.name, c]));
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

async function circuitsOf(file: string, limit: WorkLimit): Promise<AnyCircuit[]> {
  if (isText(file)) return [await loadText(file, limit)];
  const exported = await importFile(file);
  // In a CommonJS package the exports of the file are the default export of what is imported.
  const inner = exported['default'];
  return [exported, typeof inner === 'object' && inner !== null ? inner : {}]
    .flatMap((each) => Object.values(each) as unknown[])
    .filter(isCircuit);
}
