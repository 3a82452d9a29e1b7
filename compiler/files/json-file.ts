// An object out of a JSON file of others: no repeated keys, and no more than a given size.
import { readFile, stat } from 'node:fs/promises';
import { findDuplicateKey } from './duplicate-keys.ts';
import { FileError } from './errors.ts';
import { isRecord } from './safetensors-entry.ts';

const maximalSize = 100_000_000;

/** @throws FileError `cannot-read`, `bad-json` or `duplicate-name`. */
export async function readJsonObject(file: string): Promise<Readonly<Record<string, unknown>>> {
  let text: string;
  try {
    const { size } = await stat(file);
    if (size > maximalSize) throw new Error(`${size} bytes, at most ${maximalSize} are read`);
    text = await readFile(file, 'utf8');
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : String(cause);
    const hint = 'check that the path names a readable JSON file';
    throw new FileError({ code: 'cannot-read', file, problem, hint, cause });
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : String(cause);
    const hint = 'the file is no JSON, or is cut off';
    throw new FileError({ code: 'bad-json', file, problem, hint, cause });
  }
  if (!isRecord(json)) {
    const hint = 'the file begins with { and ends with }';
    throw new FileError({ code: 'bad-json', file, problem: 'is no JSON object', hint });
  }
  const twice = findDuplicateKey(text);
  if (twice !== undefined) {
    const problem = `the key ${JSON.stringify(twice)} occurs twice in one object`;
    throw new FileError({ code: 'duplicate-name', file, problem, hint: 'remove one of them' });
  }
  return json;
}
