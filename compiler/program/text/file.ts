// Reads a program's text from the disk.
import { readFileSync } from 'node:fs';
import { FileError } from '../../files/errors.ts';

/** Throws a FileError `cannot-read`, also for bytes that are not UTF-8: they would be lost when it is written again. */
export function readProgramText(file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : String(cause);
    const hint = 'check the path; a program is text in UTF-8';
    throw new FileError({ code: 'cannot-read', file, problem, hint, cause });
  }
}
