// Files of others, read whole: what is no regular file, or larger than the caller expects, is refused before it is read. A
// pipe would block, /dev/zero has no end.
import { constants, open, type FileHandle } from 'node:fs/promises';
import { FileError } from './errors.ts';

export interface ReadOptions {
  /** More are refused. */
  readonly bytes: number;
  /** The cure where the file cannot be read. */
  readonly hint?: string;
  /** The cure where it is too large. */
  readonly limitHint?: string;
}

/**
 * Opens a regular file, whatever lies behind its name: the check is made on what was opened. Close it after use.
 * @throws FileError `cannot-read`.
 */
export async function openRegular(
  file: string,
  hint = 'check the name of the file',
): Promise<{ readonly handle: FileHandle; readonly size: number }> {
  const refuse = (problem: string, cause?: unknown): never => {
    throw new FileError({ code: 'cannot-read', file, problem, hint, cause });
  };
  let handle: FileHandle;
  try {
    // Opening a pipe waits for its other end otherwise.
    handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (cause) {
    return refuse(cause instanceof Error ? cause.message : String(cause), cause);
  }
  try {
    const stats = await handle.stat();
    if (stats.isFile()) return { handle, size: stats.size };
    return refuse(stats.isDirectory() ? 'is a folder' : 'is no regular file');
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** @throws FileError `cannot-read`, `too-large`. */
export async function readBytes(file: string, options: ReadOptions): Promise<Buffer> {
  const { bytes: most, hint = 'check the name of the file' } = options;
  const { handle, size } = await openRegular(file, hint);
  const refuse = (found: string): never => {
    const problem = `has ${found}, at most ${most} are read`;
    const cure = options.limitHint ?? 'check that it is the right file';
    throw new FileError({ code: 'too-large', file, problem, hint: cure });
  };
  try {
    if (size > most) refuse(`${size} bytes`);
    // Read to its end: a file may grow meanwhile, and some systems give 0 as the size of what is not empty.
    const pieces: Buffer[] = [];
    let length = 0;
    for (;;) {
      // One more than is expected shows the end; the system reads fewer than 2^31 at once.
      const step = Math.max(2 ** 16, Math.min(size + 1 - length, 2 ** 30));
      const piece = Buffer.allocUnsafe(step);
      const { bytesRead } = await handle.read(piece, 0, step, null);
      if (bytesRead === 0) return pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces);
      pieces.push(piece.subarray(0, bytesRead));
      length += bytesRead;
      if (length > most) refuse('more bytes');
    }
  } catch (cause) {
    if (cause instanceof FileError) throw cause;
    const problem = cause instanceof Error ? cause.message : String(cause);
    throw new FileError({ code: 'cannot-read', file, problem, hint, cause });
  } finally {
    await handle.close();
  }
}

/** In UTF-8; bytes that are none become U+FFFD. @throws FileError `cannot-read`, `too-large`. */
export const readText = async (file: string, options: ReadOptions): Promise<string> =>
  (await readBytes(file, options)).toString('utf8');
