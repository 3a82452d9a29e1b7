// Opens a model: one safetensors file, or several with an index; with an adapter, the merged model.
import { openAdapter } from './adapter.ts';
import { locate } from './locate.ts';
import { mergeAdapter } from './merge.ts';
import type { Model } from './model.ts';
import { openTensors } from './stored-model.ts';

/**
 * Opens a model by its headers alone; no tensor is read yet.
 * @param path a `.safetensors` file, a `*.safetensors.index.json` file, or a folder with `model.safetensors` or
 *   `model.safetensors.index.json`.
 * @param options.adapter a LoRA adapter (a file or a folder in PEFT's layout) that is merged into what is read.
 * @throws FileError of `locate`, `openShards`, `openSafetensors`, `openAdapter` and `mergeAdapter`.
 */
export async function openModel(
  path: string,
  options: { readonly adapter?: string | undefined } = {},
): Promise<Model> {
  const model = await openTensors(path, await locate(path));
  if (options.adapter === undefined) return model;
  return mergeAdapter(model, await openAdapter(options.adapter));
}
