// Arrays of a client's state on the disk: raw little-endian numbers, known by the SHA-256 that the state names.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { atomicWrite, FileError, secret } from '../../../compiler/files/index.ts';

/** What an array of a state can be made of. */
export type Numbers = Int32Array | Float64Array | Uint16Array | Uint8Array;

const bytesOf = (array: Numbers): Uint8Array =>
  new Uint8Array(array.buffer, array.byteOffset, array.byteLength);

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Returns the digest of what was written. */
export async function writeArray(file: string, array: Numbers): Promise<string> {
  const bytes = bytesOf(array);
  await atomicWrite(file, bytes, secret);
  return sha256(bytes);
}

/** Throws FileError `cannot-read`; `changed` unless it is what was written. */
export async function readArray(file: string, digest: string): Promise<Uint8Array> {
  const bytes = await readFile(file).catch((cause: unknown) => {
    const problem = cause instanceof Error ? cause.message : String(cause);
    const hint = 'restore the folder of the state from a backup, or register again';
    throw new FileError({ code: 'cannot-read', file, problem, hint, cause });
  });
  if (sha256(bytes) !== digest) {
    const problem = 'is not what was written';
    const hint = 'restore the folder of the state from a backup, or register again';
    throw new FileError({ code: 'changed', file, problem, hint });
  }
  // A copy, aligned for wider numbers.
  return Uint8Array.from(bytes);
}
