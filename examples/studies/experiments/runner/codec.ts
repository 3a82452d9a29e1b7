// How a unit's result is kept in a file: as JSON, or tensors as safetensors.
import { readFile } from 'node:fs/promises';
import { atomicWrite } from '../../../../compiler/files/atomic-write.ts';
import { readSafetensors, writeSafetensors } from '../../../../compiler/files/safetensors.ts';
import type { Weights } from '../../../unlearn-digits/weights.ts';

/** Writes a file whole or not at all, and reads it back. */
export interface Codec<T> {
  readonly extension: string;
  write(file: string, value: T): Promise<void>;
  read(file: string): Promise<T>;
}

/** For what `JSON.stringify` keeps as it is. */
export const json = <T>(): Codec<T> => ({
  extension: 'json',
  write: (file, value) => atomicWrite(file, `${JSON.stringify(value, null, 1)}\n`),
  read: async (file) => JSON.parse(await readFile(file, 'utf8')) as T,
});

/** For named tensors of float32. */
export const tensors: Codec<Weights> = {
  extension: 'safetensors',
  write: (file, value) => writeSafetensors(file, { tensors: value }),
  read: async (file) =>
    new Map(
      [...(await readSafetensors(file)).tensors].map(([name, { shape, data }]) => [
        name,
        { shape: [...shape], data: Float32Array.from(data, Number) },
      ]),
    ),
};
