// Reads tensors from JSON and safetensors files; a tensor may come from any of them, once.
import { readFile } from 'node:fs/promises';
import { fail } from '../diagnostics/diagnostic.ts';
import { FileError } from '../files/errors.ts';
import { readSafetensors } from '../files/safetensors.ts';
import { parseJsonTensors } from '../inputs/json.ts';
import type { RawTensor, RawTensors } from '../inputs/tensors.ts';

/** Throws a LetheError that names the file and the tensor. */
export async function loadInputs(files: readonly string[]): Promise<RawTensors> {
  const tensors = new Map<string, RawTensor>();
  for (const file of files)
    for (const [name, tensor] of await readTensors(file)) {
      const earlier = tensors.get(name);
      if (earlier)
        fail(
          'duplicate-name',
          `tensor "${name}" is in ${earlier.file} and in ${file}`,
          'remove one of them',
        );
      tensors.set(name, tensor);
    }
  return tensors;
}

async function readTensors(file: string): Promise<Map<string, RawTensor>> {
  if (file.endsWith('.safetensors')) {
    const { tensors } = await readSafetensors(file);
    return new Map(
      [...tensors].map(([name, { shape, data }]) => [name, { shape, values: data, file }]),
    );
  }
  if (file.endsWith('.json')) return parseJsonTensors(await readText(file), file);
  return fail('unknown-file-type', `${file}: inputs are .json or .safetensors files`);
}

/** The text of a file. Throws a FileError `cannot-read`. */
export async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : String(cause);
    throw new FileError({ code: 'cannot-read', file, problem, hint: 'check the path', cause });
  }
}
