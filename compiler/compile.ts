// From a program to its recorded circuit: the passes, then lowering.
import { lower, type LoweredProgram } from './meanings/circuit.ts';
import type { Program } from './ir/program.ts';
import { runPasses } from './passes/pipeline.ts';

/** Throws a LetheError with what the analyses found. */
export function compileProgram(program: Program): LoweredProgram {
  return lower(runPasses(program));
}
