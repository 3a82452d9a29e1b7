// A LoRA adapter in PEFT's layout: for a module with weight W [out, in], A [r, in] and B [out, r],
//   W' = W + s·B·A   with s = alpha / r, or alpha / √r for rank-stabilised LoRA
// Names: base_model.model.<module>.lora_A.weight and …lora_B.weight; any other base_model.model.<tensor> replaces that tensor.
import { dirname, join } from 'node:path';
import { FileError, readJsonObject } from '../../../compiler/files/index.ts';
import type { FileErrorCode } from '../../../compiler/files/index.ts';
import { checkAdapterConfig } from './adapter-config.ts';
import type { AdapterConfig } from './adapter-config.ts';
import { locate } from './locate.ts';
import type { Model } from './model.ts';
import { checkWeightDtype, showShape } from './require.ts';
import { openTensors } from './stored-model.ts';

/** How PEFT names what an adapter holds. */
export const adapterNames = {
  prefix: 'base_model.model.',
  a: '.lora_A.weight',
  b: '.lora_B.weight',
  config: 'adapter_config.json',
} as const;

/** One adapted module: the names of its two matrices in the adapter. */
export interface LowRankPair {
  readonly a: string;
  readonly b: string;
}

/** An opened adapter. */
export interface Adapter {
  readonly store: Model;
  readonly config: AdapterConfig;
  /** By the name of the module. */
  readonly pairs: ReadonlyMap<string, LowRankPair>;
  /** The tensors that the adapter holds whole: their names in the base model, and in the adapter. */
  readonly replaced: ReadonlyMap<string, string>;
}

/**
 * @param path a folder with `adapter_model.safetensors`, or the file itself; `adapter_config.json` stands beside it.
 * @throws FileError `cannot-read`, `bad-json`, `bad-adapter`, `missing-tensor` (A without B), `bad-shape`.
 */
export async function openAdapter(path: string): Promise<Adapter> {
  const location = await locate(path, 'adapter_model');
  const store = await openTensors(path, location);
  const configFile = join(dirname(location.file), adapterNames.config);
  const config = checkAdapterConfig(await readJsonObject(configFile), configFile);
  const pairs = new Map<string, LowRankPair>();
  const replaced = new Map<string, string>();
  for (const name of store.tensors.keys()) {
    if (!name.startsWith(adapterNames.prefix)) {
      const hint = 'save the adapter with save_pretrained of PEFT';
      throw refuse(path, name, 'bad-adapter', `does not begin with ${adapterNames.prefix}`, hint);
    }
    const rest = name.slice(adapterNames.prefix.length);
    const module = moduleOf(rest);
    if (module !== undefined) {
      pairs.set(module, checkPair(store, module, config));
    } else if (/(^|\.)lora_/.test(rest)) {
      const problem = 'is a kind of adapter that cannot be merged here';
      const hint = 'only A and B of linear layers can: merge it in Python (merge_and_unload)';
      throw refuse(path, name, 'bad-adapter', problem, hint);
    } else {
      replaced.set(rest, name);
    }
  }
  if (store.tensors.size === 0) {
    const hint = 'save the adapter with save_pretrained of PEFT';
    throw new FileError({ code: 'bad-adapter', file: path, problem: 'holds no tensor', hint });
  }
  return { store, config, pairs, replaced };
}

const refuse = (file: string, tensor: string, code: FileErrorCode, problem: string, hint: string) =>
  new FileError({ code, file, tensor, problem, hint });

function moduleOf(name: string): string | undefined {
  const ending = [adapterNames.a, adapterNames.b].find((each) => name.endsWith(each));
  return ending === undefined ? undefined : name.slice(0, -ending.length);
}

function checkPair(store: Model, module: string, { rank }: AdapterConfig): LowRankPair {
  const [a, b] = [adapterNames.a, adapterNames.b].map((ending) => {
    const name = `${adapterNames.prefix}${module}${ending}`;
    const tensor = store.tensors.get(name);
    if (tensor === undefined) {
      const hint = `an adapted module has both …${adapterNames.a} and …${adapterNames.b}`;
      throw refuse(store.path, name, 'missing-tensor', 'is not in the adapter', hint);
    }
    checkWeightDtype(tensor);
    return tensor;
  });
  for (const { tensor, at, shape } of [
    { tensor: a!, at: 0, shape: '[r, in]' },
    { tensor: b!, at: 1, shape: '[out, r]' },
  ]) {
    if (tensor.shape.length !== 2 || tensor.shape[at] !== rank) {
      const problem = `shape is ${showShape(tensor.shape)}, ${shape} with r = ${rank} is expected`;
      const hint = `r is from ${adapterNames.config}: use the one that was saved with the adapter`;
      throw refuse(store.path, tensor.name, 'bad-shape', problem, hint);
    }
  }
  return { a: a!.name, b: b!.name };
}
