// The files of a layer that nobody trained: 768 columns as in ViT-B, weights and gradients from a seed.
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeSafetensors } from '../../../../compiler/files/index.ts';
import { gradientNames } from '../../../../stdlib/apex/model/gradient-names.ts';
import { seededRandom } from '../../../unlearn-digits/random.ts';

export const columns = 768;
const name = 'layer.fc1.weight';
/** Of the client. */
const examples = 16;

export interface LayerFiles {
  readonly folder: string;
  readonly scope: string;
  readonly global: string;
  readonly personal: string;
  readonly gradients: string;
  readonly statistics: string;
}

/** For `rows` · 768 weights, in an empty folder. */
export async function writeLayer(folder: string, rows: number, seed = 8): Promise<LayerFiles> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const random = seededRandom(seed);
  const weights = rows * columns;
  const shape = [rows, columns];
  const numbers = (count: number, scale: number): Float32Array =>
    Float32Array.from({ length: count }, () => scale * random.normal());
  const file = (base: string): string => join(folder, base);
  const files: LayerFiles = {
    folder,
    scope: file('scope.json'),
    global: file('global.safetensors'),
    personal: file('personal.safetensors'),
    gradients: file('gradients.safetensors'),
    statistics: file('statistics.safetensors'),
  };
  const write = (path: string, tensors: [string, readonly number[], Float32Array][]) =>
    writeSafetensors(path, {
      tensors: new Map(tensors.map(([key, shape, data]) => [key, { shape, data }])),
    });
  const scope = { lethe: 'scope', version: 1, tensors: [name] };
  await writeFile(files.scope, JSON.stringify(scope));
  const global = numbers(weights, 0.05);
  const personal = global.map((value) => value + 0.005 * random.normal());
  await write(files.global, [[name, shape, global]]);
  await write(files.personal, [[name, shape, personal]]);
  await write(files.gradients, [
    [`${gradientNames.example}${name}`, [examples, ...shape], numbers(examples * weights, 0.01)],
  ]);
  // Saliency of random gradients: the mask is random.
  await write(files.statistics, [
    [`${gradientNames.mean}${name}`, shape, numbers(weights, 0.01)],
    [`${gradientNames.fisher}${name}`, shape, numbers(weights, 0.01).map((value) => value * value)],
  ]);
  return files;
}
