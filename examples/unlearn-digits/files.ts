/**
 * The files that provider and client bring: weights and gradients as safetensors, under the names that docs/bring-your-model.md
 * gives to everybody.
 */
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readSafetensors, writeSafetensors } from '../../compiler/files/index.ts';
import { gradientNames } from '../../stdlib/apex/model/gradient-names.ts';
import { exampleGradients, gradientStatistics } from './gradients.ts';
import type { ImageSet } from './images.ts';
import type { Learned } from './learning.ts';
import { mlpScope, splitVector } from './scope.ts';
import { toWeights, weightTensor, type Weights, type WeightTensor } from './weights.ts';

/** Two machines, and what they send each other. */
export type Folders = Readonly<Record<'provider' | 'client' | 'mail', string>>;

export const foldersIn = (parent: string): Folders => ({
  provider: join(parent, 'provider'),
  client: join(parent, 'client'),
  mail: join(parent, 'mail'),
});

/** Three empty folders. */
export async function makeFolders(parent: string): Promise<Folders> {
  await rm(parent, { recursive: true, force: true });
  const folders = foldersIn(parent);
  for (const folder of Object.values(folders)) await mkdir(folder, { recursive: true });
  return folders;
}

export const globalModel = ({ provider }: Folders): string => join(provider, 'global.safetensors');
export const forgetStatistics = ({ provider }: Folders): string =>
  join(provider, 'forget.safetensors');
export const personalModel = ({ client }: Folders): string => join(client, 'personal.safetensors');
export const clientGradients = ({ client }: Folders): string =>
  join(client, 'gradients.safetensors');

/** θ_0, and mean gradient and diagonal Fisher of the images to forget. */
export async function writeProviderFiles(
  folders: Folders,
  { weights, forget }: Learned['provider'],
): Promise<void> {
  await writeSafetensors(globalModel(folders), { tensors: weights });
  const scope = mlpScope();
  const { mean, fisher } = await gradientStatistics(weights, forget, scope);
  const tensors = new Map([
    ...named(gradientNames.mean, splitVector(weights, scope, mean)),
    ...named(gradientNames.fisher, splitVector(weights, scope, fisher)),
  ]);
  await writeSafetensors(forgetStatistics(folders), { tensors });
}

/** θ_p, and the gradient of each of `images`. */
export async function writeClientFiles(
  folders: Folders,
  weights: Weights,
  images: ImageSet,
): Promise<void> {
  await writeSafetensors(personalModel(folders), { tensors: weights });
  const scope = mlpScope();
  const { count, length, data } = await exampleGradients(weights, images, scope);
  const tensors = new Map<string, WeightTensor>();
  let first = 0;
  for (const name of scope) {
    const { shape, data: matrix } = weightTensor(weights, name);
    const own = new Float32Array(count * matrix.length);
    for (let example = 0; example < count; example++) {
      const start = example * length + first;
      own.set(data.subarray(start, start + matrix.length), example * matrix.length);
    }
    tensors.set(`${gradientNames.example}${name}`, { shape: [count, ...shape], data: own });
    first += matrix.length;
  }
  await writeSafetensors(clientGradients(folders), { tensors });
}

/** All tensors of a file in single precision. */
export async function readWeights(file: string): Promise<Weights> {
  return toWeights((await readSafetensors(file)).tensors);
}

const named = (prefix: string, weights: Weights): [string, WeightTensor][] =>
  [...weights].map(([name, tensor]) => [`${prefix}${name}`, tensor]);
