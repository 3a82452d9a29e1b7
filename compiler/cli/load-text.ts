// Programs as text: nothing of theirs is run, and what is built is what they say.
import { readFile } from 'node:fs/promises';
import type { AnyCircuit } from '../../dsl/circuit.ts';
import { findUnusedInputs } from '../program/unused.ts';
import { fail, LetheError } from '../diagnostics/diagnostic.ts';
import { FileError } from '../files/errors.ts';

export const isText = (file: string): boolean => file.endsWith('.lethe');

/** Throws a LetheError with all that is wrong with the text. */
export async function loadText(file: string): Promise<AnyCircuit> {
  const { parse } = await import('../program/text/parse.ts');
  const program = parse(await readProgramText(file), file);
  const unused = findUnusedInputs(program);
  if (unused.length > 0) throw new LetheError(unused);
  const { name, parameters } = program;
  return {
    name,
    parameters,
    build(overrides = {}) {
      const [changed] = Object.keys(overrides);
      if (changed !== undefined)
        fail(
          'fixed-parameters',
          `${file}: the parameter "${changed}" cannot be set: a program as text is built for ${described(parameters)}`,
          'set it where the circuit is written in TypeScript, and print that: lethe inspect FILE --set …',
        );
      return program;
    },
  };
}

const described = (parameters: Readonly<Record<string, number>>): string =>
  Object.entries(parameters)
    .map(([key, value]) => `${key}=${value}`)
    .join(' ') || 'one size';

/** Throws a FileError `cannot-read`, also for bytes that are not UTF-8: they would be lost when it is written again. */
export async function readProgramText(file: string): Promise<string> {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file));
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : String(cause);
    const hint = 'check the path; a program is text in UTF-8';
    throw new FileError({ code: 'cannot-read', file, problem, hint, cause });
  }
}
