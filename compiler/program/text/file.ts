// Reads a program's text from the disk.
import { closeSync, constants, fstatSync, openSync, readFileSync } from 'node:fs';
import { FileError } from '../../files/errors.ts';
import { longestProgram } from './limits.ts';

/**
 * Throws a FileError `cannot-read`, also for bytes that are not UTF-8: they would be lost when it is written again;
 * `too-large` before it is read.
 */
export function readProgramText(file: string): string {
  const hint = 'check the path; a program is text in UTF-8';
  let descriptor: number | undefined;
  try {
    // Opening a pipe waits for its other end otherwise.
    descriptor = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
    const stats = fstatSync(descriptor);
    if (!stats.isFile()) throw new Error('is no regular file');
    if (stats.size > longestProgram) {
      const problem = `has ${stats.size} bytes, at most ${longestProgram} are read`;
      throw new FileError({ code: 'too-large', file, problem, hint });
    }
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(descriptor));
  } catch (cause) {
    if (cause instanceof FileError) throw cause;
    const problem = cause instanceof Error ? cause.message : String(cause);
    throw new FileError({ code: 'cannot-read', file, problem, hint, cause });
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}
