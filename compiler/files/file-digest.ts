// SHA-256 of a file of any size.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { FileError } from './errors.ts';

/** 64 hexadecimal digits. Throws FileError `cannot-read` with this hint. */
export async function fileDigest(file: string, hint: string): Promise<string> {
  const hash = createHash('sha256');
  try {
    for await (const piece of createReadStream(file, { highWaterMark: 2 ** 20 }))
      hash.update(piece as Buffer);
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : String(cause);
    throw new FileError({ code: 'cannot-read', file, problem, hint, cause });
  }
  return hash.digest('hex');
}
