// Reading and writing safetensors files: header, then the tensors' bytes, row-major, little-endian.
// Everything is checked before anything is believed; every fault is a FileError.
import { readFile } from 'node:fs/promises';
import { atomicWrite } from './atomic-write.ts';
import { FileError } from './errors.ts';
import { decodeSafetensors } from './safetensors-decoding.ts';
import type { Safetensors } from './safetensors-decoding.ts';
import { encodeSafetensors } from './safetensors-encoding.ts';
import type { WritableSafetensors } from './safetensors-encoding.ts';

/**
 * Reads a whole file, up to 2 GiB.
 * @throws FileError `cannot-read`, or as {@link decodeSafetensors}.
 */
export async function readSafetensors(file: string): Promise<Safetensors> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(file);
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : String(cause);
    const hint = 'check that the path names a readable file of at most 2 GiB';
    throw new FileError({ code: 'cannot-read', file, problem, hint, cause });
  }
  return decodeSafetensors(bytes, file);
}

/**
 * Writes a file whole or not at all. Encoding as {@link encodeSafetensors}.
 * @throws FileError `cannot-write`, or as {@link encodeSafetensors}.
 */
export async function writeSafetensors(file: string, contents: WritableSafetensors): Promise<void> {
  await atomicWrite(file, encodeSafetensors(contents, file));
}
