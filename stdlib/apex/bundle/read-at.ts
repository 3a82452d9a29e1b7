// Bytes of a bundle's file, all of them or none.
import type { FileHandle } from 'node:fs/promises';
import { fail } from '../../../compiler/diagnostics/diagnostic.ts';

/** The system reads fewer than 2^31 bytes at once. */
const most = 1 << 30;

/** The caller has bounded `length`. Throws `bad-bundle` where the file ends before. */
export async function readAt(
  file: string,
  handle: FileHandle,
  at: number,
  length: number,
): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  let done = 0;
  while (done < length) {
    const { bytesRead } = await handle.read(bytes, done, Math.min(most, length - done), at + done);
    if (bytesRead === 0) refuseBundle(file, `truncated: it ends ${length - done} bytes too early`);
    done += bytesRead;
  }
  return bytes;
}

export const numberAt = (bytes: Uint8Array, at: number): number =>
  new DataView(bytes.buffer, bytes.byteOffset).getUint32(at, true);

export const refuseBundle = (file: string, why: string): never =>
  fail('bad-bundle', `${file}: ${why}`, 'ask the client for the bundle again');
