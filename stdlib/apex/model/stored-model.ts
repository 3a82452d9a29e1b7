// The tensors of safetensors files as a model: names from the headers, values from the disk.
import { basename } from 'node:path';
import { openSafetensors } from '../../../compiler/files/index.ts';
import type { SafetensorsFile } from '../../../compiler/files/index.ts';
import type { Numbers } from '../reference/index.ts';
import type { Location } from './locate.ts';
import { gather } from './model.ts';
import type { Model, ModelTensor } from './model.ts';
import { checkWeightDtype, requireTensor } from './require.ts';
import { openShards } from './shards.ts';

/** The tensors of one located file or index. */
export async function openTensors(path: string, location: Location): Promise<Model> {
  const { file } = location;
  if (location.kind === 'file') {
    const opened = await openSafetensors(file);
    return storedModel(path, new Map([[basename(file), opened]]));
  }
  const { files, rest } = await openShards(file);
  return { ...storedModel(path, files), index: { name: basename(file), rest } };
}

function storedModel(path: string, files: ReadonlyMap<string, SafetensorsFile>): Model {
  const tensors = new Map<string, ModelTensor>();
  const holders = new Map<string, SafetensorsFile>();
  for (const opened of files.values()) {
    for (const [name, { dtype, shape, count }] of opened.entries) {
      tensors.set(name, { name, dtype, shape, count, file: opened.file });
      holders.set(name, opened);
    }
  }
  const holder = (name: string): SafetensorsFile =>
    holders.get(requireTensor({ path, tensors }, name).name)!;
  const readRanges: Model['readRanges'] = async (name, ranges) => {
    checkWeightDtype(requireTensor({ path, tensors }, name));
    return holder(name).read(name, ranges);
  };
  return {
    path,
    tensors,
    files: [...files].map(([name, { entries, metadata }]) => ({
      name,
      tensors: [...entries.keys()],
      metadata,
    })),
    readRanges,
    read: async (name): Promise<Numbers> => {
      const { count } = requireTensor({ path, tensors }, name);
      return (await readRanges(name, [{ start: 0, count }]))[0]!;
    },
    async *bytes(name) {
      yield* holder(name).bytes(name);
    },
    readBytes: async (name) => gather(holder(name).bytes(name)),
  };
}
