// A model in several files: { "metadata": {...}, "weight_map": { "tensor": "model-00001-of-00002.safetensors" } }
//   every tensor is in exactly the file that the index names, and no file holds another one
import { dirname, join } from 'node:path';
import {
  FileError,
  isRecord,
  openSafetensors,
  readJsonObject,
} from '../../../compiler/files/index.ts';
import type { FileErrorCode, SafetensorsFile } from '../../../compiler/files/index.ts';

/** The opened files by their names, in the order of their names, and what else the index says. */
export interface Shards {
  readonly files: ReadonlyMap<string, SafetensorsFile>;
  readonly rest: Readonly<Record<string, unknown>>;
}

/**
 * @param file the index.
 * @throws FileError `bad-index`, `cannot-read` (a missing file), `missing-tensor`, `duplicate-name`, `unknown-tensor`, or as
 *   `openSafetensors`.
 */
export async function openShards(file: string): Promise<Shards> {
  const { weight_map: written, ...rest } = await readJsonObject(file);
  const places = checkWeightMap(file, written);
  const files = new Map<string, SafetensorsFile>();
  for (const name of [...new Set(places.values())].sort()) {
    files.set(name, await openShard(file, name));
  }
  checkPlaces(file, places, files);
  return { files, rest };
}

const again = 'the index and its files do not belong together: download or export them again';

function checkWeightMap(file: string, written: unknown): ReadonlyMap<string, string> {
  const refuse = (problem: string, hint: string, tensor?: string): never => {
    const place = tensor === undefined ? { file } : { file, tensor };
    throw new FileError({ code: 'bad-index', ...place, problem, hint });
  };
  if (!isRecord(written)) {
    return refuse('has no weight_map', '{ "weight_map": { "tensor": "file.safetensors" } }');
  }
  const places = new Map<string, string>();
  for (const [tensor, name] of Object.entries(written)) {
    if (typeof name !== 'string' || !/^[^/\\:\0]+\.safetensors$/.test(name)) {
      const hint = 'give the plain name of a .safetensors file beside the index';
      return refuse(`is said to be in ${JSON.stringify(name)}`, hint, tensor);
    }
    places.set(tensor, name);
  }
  return places;
}

async function openShard(index: string, name: string): Promise<SafetensorsFile> {
  const file = join(dirname(index), name);
  return openSafetensors(file).catch((cause: unknown) => {
    if (!(cause instanceof FileError) || cause.code !== 'cannot-read') throw cause;
    const hint = `the index ${index} names this file: put it beside the index`;
    throw new FileError({ code: 'cannot-read', file, problem: cause.problem, hint, cause });
  });
}

function checkPlaces(
  file: string,
  places: ReadonlyMap<string, string>,
  files: ReadonlyMap<string, SafetensorsFile>,
): void {
  const refuse = (code: FileErrorCode, tensor: string, problem: string) =>
    new FileError({ code, file, tensor, problem, hint: again });
  const holders = new Map<string, string>();
  for (const [name, { entries }] of files) {
    for (const tensor of entries.keys()) {
      const other = holders.get(tensor);
      if (other !== undefined) {
        throw refuse('duplicate-name', tensor, `is both in ${other} and in ${name}`);
      }
      if (!places.has(tensor)) {
        throw refuse('unknown-tensor', tensor, `is in ${name}, but not in the index`);
      }
      holders.set(tensor, name);
    }
  }
  for (const [tensor, name] of places) {
    const holder = holders.get(tensor);
    if (holder === name) continue;
    const instead = holder === undefined ? '' : `; it is in ${holder}`;
    throw refuse('missing-tensor', tensor, `is not in ${name}, where the index puts it${instead}`);
  }
}
