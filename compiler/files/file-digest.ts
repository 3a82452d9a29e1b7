// SHA-256 of a file of any size.
import { createHash } from 'node:crypto';
import { FileError } from './errors.ts';
import { openRegular } from './read-file.ts';

/** 64 hexadecimal digits. Throws FileError `cannot-read` with this hint. */
export async function fileDigest(file: string, hint: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of filePieces(file, hint)) hash.update(piece);
  return hash.digest('hex');
}

/**
 * The bytes of a regular file, at most 1 MiB at a time, and no more than it had when it was opened. Throws FileError `cannot-read`
 * with this hint.
 */
export async function* filePieces(file: string, hint: string): AsyncGenerator<Buffer> {
  const { handle, size } = await openRegular(file, hint);
  try {
    const end = Math.max(0, size - 1);
    const options = { highWaterMark: 2 ** 20, autoClose: false, start: 0, end };
    for await (const piece of handle.createReadStream(options)) yield piece as Buffer;
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : String(cause);
    throw new FileError({ code: 'cannot-read', file, problem, hint, cause });
  } finally {
    await handle.close();
  }
}
