// Writes into the middle of a large file, all bytes or an error.
import type { FileHandle } from 'node:fs/promises';
import { FileError } from './errors.ts';

export interface FilePart {
  readonly bytes: Uint8Array;
  /** The byte of the file at which they begin. */
  readonly at: number;
}

/** All parts are on the disk when this returns. @param file for messages. @throws FileError `cannot-write`. */
export async function writeParts(
  handle: FileHandle,
  file: string,
  parts: Iterable<FilePart>,
): Promise<void> {
  try {
    for (const { bytes, at } of parts)
      for (let done = 0; done < bytes.length;) {
        const rest = bytes.length - done;
        done += (await handle.write(bytes, done, rest, at + done)).bytesWritten;
      }
    await handle.datasync();
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : String(cause);
    const hint = 'check that the disk has room, and begin again: what is finished is kept';
    throw new FileError({ code: 'cannot-write', file, problem, hint, cause });
  }
}
