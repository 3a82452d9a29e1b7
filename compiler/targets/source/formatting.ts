// One look for every emitted file.
import { format } from 'prettier';

const parsers: Readonly<Record<string, string>> = {
  ts: 'typescript',
  json: 'json',
  md: 'markdown',
};

/** Columns of a line. */
export const lineWidth = 120;

/** How prettier is to write the package; it says so in its package.json. */
export const prettierOptions = { singleQuote: true, printWidth: lineWidth };

/** Slices of lethe recur from package to package. */
const known = new Map<string, string>();

/** A file as prettier writes it; other files as they are. */
export async function formatFile(path: string, text: string): Promise<string> {
  const parser = parsers[path.slice(path.lastIndexOf('.') + 1)];
  if (parser === undefined) return text;
  const formatted =
    known.get(text) ?? (await format(text, { parser, filepath: path, ...prettierOptions }));
  if (path.startsWith('lib/')) known.set(text, formatted);
  return formatted;
}
