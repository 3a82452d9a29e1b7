// Reads tensors from JSON and safetensors files; a tensor may come from any of them, once.
import { fail } from '../diagnostics/diagnostic.ts';
import { readText } from '../files/read-file.ts';
import { readSafetensors } from '../files/safetensors.ts';
import { parseJsonTensors, tensorLimits } from '../inputs/json.ts';
import type { TypedPort } from '../program/ports.ts';
import { sizeOf } from '../ir/shape.ts';
import type { RawTensor, RawTensors } from '../inputs/tensors.ts';

/** Files are read no further than tensors for `ports` may take. Throws a LetheError that names the file and the tensor. */
export async function loadInputs(
  files: readonly string[],
  ports: readonly TypedPort[],
): Promise<RawTensors> {
  const elements = ports.reduce((sum, { type }) => sum + sizeOf(type.shape), 0);
  const tensors = new Map<string, RawTensor>();
  for (const file of files)
    for (const [name, tensor] of await readTensors(file, elements)) {
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

async function readTensors(file: string, elements: number): Promise<Map<string, RawTensor>> {
  const limits = tensorLimits(elements);
  const limitHint = 'check the shapes of its tensors';
  if (file.endsWith('.safetensors')) {
    const { tensors } = await readSafetensors(file, limits.bytes);
    return new Map(
      [...tensors].map(([name, { shape, data }]) => [name, { shape, values: data, file }]),
    );
  }
  if (file.endsWith('.json'))
    return parseJsonTensors(await readText(file, { ...limits, limitHint }), file, limits);
  return fail('unknown-file-type', `${file}: inputs are .json or .safetensors files`);
}
