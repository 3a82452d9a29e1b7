// lib/: slices of lethe's own modules as files of the emitted package, with their comments.
import { posix } from 'node:path';
import { Node, type Statement } from 'ts-morph';
import type { ImportedName } from './modules.ts';
import { sliceModules, type Root, type Slice } from './slice.ts';

/** Files by path in the package. `origin` says whose code it is. */
export function libraryFiles(
  roots: readonly Root[],
  ops: ReadonlySet<string>,
  origin: string,
): Map<string, string> {
  return new Map(
    sliceModules(roots, ops).map((slice) => [
      libraryPath(slice.module.path),
      [`// Of ${origin}: compiler/${slice.module.path}.`, render(slice)].join('\n'),
    ]),
  );
}

/** Folders under compiler/ that are called otherwise in lib/. */
const folders = [
  ['targets/source/runtime/', 'runtime/'],
  ['targets/kimchi/', 'kimchi/'],
] as const;

/** Where a module under compiler/ goes in the package. */
export function libraryPath(path: string): string {
  const folder = folders.find(([own]) => path.startsWith(own));
  return `lib/${folder ? folder[1] + path.slice(folder[0].length) : path}`;
}

/** The module under compiler/ that a file of lib/ is cut out of. */
export function modulePath(path: string): string {
  const inner = path.slice('lib/'.length);
  const folder = folders.find(([, theirs]) => inner.startsWith(theirs));
  return folder ? folder[0] + inner.slice(folder[1].length) : inner;
}

/** An import from one file of the package to another, as tsc wants it to be written. */
export function importPath(from: string, to: string): string {
  const path = posix.relative(posix.dirname(from), to).replace(/\.ts$/, '.js');
  return path.startsWith('.') ? path : `./${path}`;
}

function render(slice: Slice): string {
  const text = slice.module.source.getFullText();
  const header = /^(\/\/.*\n)*/.exec(text)![0];
  const kept = slice.module.source
    .getStatements()
    .filter((statement) => slice.statements.has(statement))
    .map((statement) => renderStatement(statement, slice, header.length));
  return [header.trimEnd(), ...renderImports(slice), '', ...kept].join('\n');
}

function renderImports({ module, imports }: Slice): string[] {
  const byModule = new Map<string, string[]>();
  for (const [local, imported] of module.imports) {
    if (!imports.has(local)) continue;
    const specifier = imported.external
      ? imported.module
      : importPath(libraryPath(module.path), libraryPath(imported.module));
    byModule.set(specifier, [...(byModule.get(specifier) ?? []), renderName(local, imported)]);
  }
  return [...byModule].map(([specifier, names]) => {
    const types = names.every((name) => name.startsWith('type '));
    const list = types ? names.map((name) => name.slice('type '.length)) : names;
    return `import ${types ? 'type ' : ''}{ ${list.join(', ')} } from '${specifier}';`;
  });
}

function renderName(local: string, { name, typeOnly }: ImportedName): string {
  return `${typeOnly ? 'type ' : ''}${name}${name === local ? '' : ` as ${local}`}`;
}

/** The statement with the comments before it, without the members that are dropped. */
function renderStatement(statement: Statement, { dropped }: Slice, headerEnd: number): string {
  const start = Math.max(statement.getFullStart(), headerEnd);
  let text = statement.getSourceFile().getFullText().slice(start, statement.getEnd());
  const own = [...dropped].filter((node) => node.getAncestors().includes(statement));
  for (const node of own.sort((a, b) => b.getPos() - a.getPos()))
    text = text.slice(0, node.getPos() - start) + text.slice(endOf(node) - start);
  return text;
}

/** Past the comma that follows it. */
function endOf(node: Node): number {
  const next = node.getNextSibling();
  return next?.getText() === ',' ? next.getEnd() : node.getEnd();
}
