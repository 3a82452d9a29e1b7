// Programs as text: nothing of theirs is run, and what is built is what they say.
import type { WorkLimit } from '../program/work.ts';
import type { AnyCircuit } from '../../dsl/circuit.ts';

export const isText = (file: string): boolean => file.endsWith('.lethe');

/** Throws a LetheError with all that is wrong with the text. */
export async function loadText(file: string, limit: WorkLimit = {}): Promise<AnyCircuit> {
  const { builtCircuit } = await import('../../dsl/built.ts');
  const { parse } = await import('../program/text/parse.ts');
  const { readProgramText } = await import('../program/text/file.ts');
  return builtCircuit(parse(readProgramText(file), file, limit), file);
}
