// Reading and writing safetensors files: header, then the tensors' bytes, row-major, little-endian.
// Everything is checked before anything is believed; every fault is a FileError.
import { atomicWrite } from './atomic-write.ts';
import { readBytes } from './read-file.ts';
import { decodeSafetensors } from './safetensors-decoding.ts';
import type { Safetensors } from './safetensors-decoding.ts';
import { encodeSafetensors } from './safetensors-encoding.ts';
import type { WritableSafetensors } from './safetensors-encoding.ts';

/**
 * Reads a whole file.
 * @param bytes larger ones are refused.
 * @throws FileError `cannot-read`, `too-large`, or as {@link decodeSafetensors}.
 */
export async function readSafetensors(file: string, bytes = 2 ** 31): Promise<Safetensors> {
  const hint = 'check that the path names a readable file';
  return decodeSafetensors(await readBytes(file, { bytes, hint }), file);
}

/**
 * Writes a file whole or not at all. Encoding as {@link encodeSafetensors}.
 * @throws FileError `cannot-write`, or as {@link encodeSafetensors}.
 */
export async function writeSafetensors(file: string, contents: WritableSafetensors): Promise<void> {
  await atomicWrite(file, encodeSafetensors(contents, file));
}
