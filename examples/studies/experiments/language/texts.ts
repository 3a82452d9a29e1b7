// Dialects of real text: source files of the installed packages, and Shakespeare where it is there. Characters are those
// that can be printed, the line feed, and one that stands for all others.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { seededRandom, shuffledIndices } from '../../../unlearn-digits/random.ts';
import { selectExamples, type Examples } from '../learning/examples.ts';

export type Dialect = 'javascript' | 'declarations' | 'json' | 'markdown' | 'ts-morph' | 'client';

/** Line feed, 32 … 126, and others. */
export const vocabulary = 97;

const modules = fileURLToPath(new URL('../../../../node_modules', import.meta.url));
const shakespeare = fileURLToPath(
  new URL('../../../../../shared/data/tiny-shakespeare/input.txt', import.meta.url),
);

/** The file of Shakespeare's text: LETHE_TEXT, or `../shared/data/tiny-shakespeare/input.txt` beside the repository. */
export const shakespeareFile = (): string => process.env['LETHE_TEXT'] ?? shakespeare;

/** Packages whose files are read, and how their names end. */
const sources: Readonly<Record<Exclude<Dialect, 'client'>, readonly [string[], string]>> = {
  javascript: [['commander/lib', 'chevrotain/lib/src'], '.js'],
  declarations: [['@types/node', 'commander/typings'], '.d.ts'],
  json: [['.'], 'package.json'],
  markdown: [['.'], 'README.md'],
  'ts-morph': [['ts-morph/lib'], '.d.ts'],
};

/** At most `length` characters of a dialect. The client's is Shakespeare, or else licences. */
export function readDialect(dialect: Dialect, length: number): string {
  if (dialect === 'client')
    return existsSync(shakespeareFile())
      ? readFileSync(shakespeareFile(), 'utf8').slice(0, length)
      : readFiles(['prettier'], 'NOTICES.md', length);
  const [folders, ending] = sources[dialect];
  return readFiles(folders, ending, length);
}

/** Names a text without being it. */
export const digestOf = (text: string): string =>
  createHash('sha256').update(text).digest('hex').slice(0, 16);

/** Windows of `context` characters side by side, each with the character that follows each place. */
export function windowsOf(text: string, context: number): Examples {
  const codes = Array.from(text, (character) => codeOf(character.codePointAt(0)!));
  const count = Math.floor((codes.length - 1) / context);
  return {
    count,
    inputs: Float32Array.from(codes.slice(0, count * context)),
    width: context,
    labels: Uint8Array.from(codes.slice(1, count * context + 1)),
    places: context,
  };
}

/** A set in random order in two parts: the first `count`, and as many of the rest as are asked for. */
export function divide(set: Examples, counts: readonly number[], seed: number): Examples[] {
  const order = shuffledIndices(set.count, seededRandom(seed));
  let start = 0;
  return counts.map((count) => selectExamples(set, order.slice(start, (start += count))));
}

/** One set after the other. */
export function concatenate(sets: readonly Examples[]): Examples {
  const { width, places } = sets[0]!;
  return {
    count: sets.reduce((sum, { count }) => sum + count, 0),
    inputs: Float32Array.from(sets.flatMap(({ inputs }) => [...inputs])),
    width,
    labels: Uint8Array.from(sets.flatMap(({ labels }) => [...labels])),
    places,
  };
}

function codeOf(point: number): number {
  if (point === 10) return 0;
  return point >= 32 && point <= 126 ? point - 31 : vocabulary - 1;
}

/** Files in the order of their names; of each at most a tenth of the length, so that no file is all. */
function readFiles(folders: readonly string[], ending: string, length: number): string {
  let text = '';
  for (const folder of folders)
    for (const file of filesUnder(join(modules, folder), ending, folder === '.' ? 1 : 9)) {
      const most = file.includes('ts-morph.d.ts') || ending === 'NOTICES.md' ? length : length / 10;
      text += readFileSync(file, 'utf8').slice(0, most);
      if (text.length >= length) return text.slice(0, length);
    }
  return text;
}

/** Nested packages are not looked into. */
function filesUnder(folder: string, ending: string, depth: number): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isFile()) return entry.name.endsWith(ending) ? [path] : [];
      const enter = depth > 0 && entry.isDirectory() && !/^[.]|^node_modules$/.test(entry.name);
      return enter ? filesUnder(path, ending, depth - 1) : [];
    });
}
