// Every field of a document is refused when it is missing or wrong: the same for all kinds of documents.
import { describe, expect, test } from 'vitest';
import { canonicalText, type Json } from '../../../../stdlib/apex/documents/index.ts';
import { codeOf } from '../codes.ts';

export interface DocumentCase {
  readonly document: Json;
  readonly parse: (text: string) => unknown;
  readonly value: unknown;
}

export type Path = readonly (string | number)[];

/** Every place in a document. */
function* places(value: Json, path: Path = []): Generator<Path> {
  if (path.length > 0) yield path;
  if (typeof value !== 'object' || value === null) return;
  for (const [name, each] of Object.entries(value))
    yield* places(each as Json, [...path, Array.isArray(value) ? Number(name) : name]);
}

/** The document with another value there; without the place where it is undefined. */
export function changed(value: Json, [name, ...rest]: Path, to: Json | undefined): Json {
  const copy = structuredClone(value) as Record<string | number, Json | undefined>;
  const inner = rest.length === 0 ? to : changed(copy[name!] as Json, rest, to);
  if (inner !== undefined) copy[name!] = inner;
  else if (Array.isArray(copy)) copy.splice(Number(name), 1);
  else delete copy[name!];
  return copy as Json;
}

/** The value at a place. */
const at = (value: Json, path: Path): Json | undefined =>
  path.reduce<Json | undefined>(
    (each, name) => (each as Record<string | number, Json>)[name],
    value,
  );

/** Where another value makes another good document. */
function isAnother(path: Path, value: Json | undefined): boolean {
  const name = path.at(-1);
  if (name === 'budget') return typeof value === 'number' && value > 0;
  if (name === 'tolerance') return value === 0.5 || value === 2 ** 60;
  if (name === 'name') return value === '\0';
  // A plan may keep the root, and follow no other; then it says nothing. None may have preceded it.
  const optional = ['keeps', 'reregister', 'link', 'predecessor'];
  if (path.length === 1 && optional.includes(String(name))) return value === undefined;
  return path.join('.') === 'predecessor.window' && value === null;
}

export function testEveryField({ document, parse, value }: DocumentCase): void {
  const read = (each: Json): Promise<string> => codeOf(async () => parse(JSON.stringify(each)));

  test('is read back as it was written', () => {
    expect(parse(canonicalText(document))).toEqual(value);
    expect(parse(JSON.stringify(document, null, 3))).toEqual(value);
  });

  test('every field is refused when it is missing or of another kind', async () => {
    for (const path of places(document)) {
      const wrong: (Json | undefined)[] = [null, {}, [], true, -1, 0.5, '', '\0', 2 ** 60];
      // A list may be shorter by one; then the shape, or what was signed, is another.
      if (path[0] !== 'scope' || typeof path.at(-1) !== 'number') wrong.push(undefined);
      for (const each of wrong) {
        if (isAnother(path, each) || each === at(document, path)) continue;
        const says = `${path.join('.')} = ${JSON.stringify(each)}`;
        expect(await read(changed(document, path, each)), says).toMatch(
          /^(bad-document|other-plan|forged-window|forged-receipt|forged-registration|forged-challenge)$/,
        );
      }
    }
  });

  test('what is not known is refused', async () => {
    expect(await read({ ...(document as object), more: 1 })).toBe('bad-document');
    expect(await read({ ...(document as object), lethe: 'apex-other' })).toBe('bad-document');
    for (const text of ['', '[]', 'null', '1', '"apex-plan"', '{', '{}'])
      expect(await codeOf(async () => parse(text))).toBe('bad-document');
  });

  describe('another version is refused by name', () => {
    test.each([
      [1, 'version 1 of', 'make it again with this version of Lethe'],
      [2, 'version 2 of', 'make it again with this version of Lethe'],
      [4, 'version 4 of', 'use the version of Lethe that wrote it, or a newer one'],
      ['2', 'version unreadable of', 'make it again with this version of Lethe'],
    ])('%j', (version, says, hint) => {
      const text = JSON.stringify({ ...(document as object), version });
      expect(() => parse(text)).toThrow(says);
      expect(() => parse(text)).toThrow('version 3 is expected');
      expect(() => parse(text)).toThrow(hint);
    });
  });
}
