// An object out of a JSON file of others: no repeated keys, and no more than it may hold.
import { FileError } from './errors.ts';
import { parseJson, type JsonLimits } from './json.ts';
import { readText } from './read-file.ts';
import { isRecord } from './safetensors-entry.ts';

/** An index names each tensor of a model: 10 000 tensors take 1 MB. */
const limits: JsonLimits = { bytes: 16_000_000, depth: 16, values: 400_000 };

/** @throws FileError `cannot-read`, `bad-json`, `duplicate-name` or `too-large`. */
export async function readJsonObject(file: string): Promise<Readonly<Record<string, unknown>>> {
  const hint = 'check that the path names a readable JSON file';
  const text = await readText(file, { bytes: limits.bytes, hint });
  const json = parseJson(text, { file, ...limits });
  if (isRecord(json)) return json;
  throw new FileError({
    code: 'bad-json',
    file,
    problem: 'is no JSON object',
    hint: 'the file begins with { and ends with }',
  });
}
