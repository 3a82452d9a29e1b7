// A program as text, in the place of a circuit: the tests run on the text itself.
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { builtCircuit } from '../../dsl/built.ts';
import type { AnyCircuit } from '../../dsl/circuit.ts';
import { LetheError } from '../diagnostics/diagnostic.ts';
import { findMissingHints } from '../program/hints.ts';
import { readProgramText } from '../program/text/file.ts';
import { parse } from '../program/text/parse.ts';

/**
 * The circuit of a `.lethe` text, for `circuitLaws`, `checkLaws` and `replay`. It has the one size that its first line says.
 *
 * @param file a path from the working directory, or `new URL('./mine.lethe', import.meta.url)`
 * @throws LetheError with all that is wrong with the text, and with the hints and functions that no imported module has defined
 */
export function textCircuit(file: string | URL): AnyCircuit {
  const path = file instanceof URL ? relative(process.cwd(), fileURLToPath(file)) : file;
  const program = parse(readProgramText(path), path);
  const missing = findMissingHints(program).map((finding) => ({ ...finding, hint: cure }));
  if (missing.length > 0) throw new LetheError(missing);
  return builtCircuit(program, path);
}

const cure = `import the module that defines it before, such as the circuit in TypeScript: import './mine.ts'`;
