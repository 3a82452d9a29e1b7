// From a circuit to its recorded constraints: what is left open is chosen, then the passes, the demands on accuracy,
// lowering.
import { findInaccuracies } from './analyses/accuracy.ts';
import { analyzeErrors } from './meanings/error.ts';
import { buildCircuit, type Buildable } from './choices/build.ts';
import type { SearchOptions } from './choices/search.ts';
import { LetheError } from './diagnostics/diagnostic.ts';
import { lower, type LoweredProgram } from './meanings/circuit.ts';
import type { Program } from './ir/program.ts';
import type { WorkLimit } from './program/work.ts';
import { runPasses } from './passes/pipeline.ts';

/** Throws a LetheError with what the analyses found. */
export function compileProgram(program: Program): LoweredProgram {
  const circuit = lower(runPasses(program));
  const findings = findInaccuracies(
    circuit.program,
    analyzeErrors(circuit.program, circuit.ranges),
  );
  if (findings.length > 0) throw new LetheError(findings);
  return circuit;
}

/**
 * Compiles a circuit for some parameters. Formats and tolerances that it leaves open are searched for the fewest rows
 * that meet its demands on accuracy. Throws a LetheError; `too-much-work` for more gates than `mostGates`, by estimate.
 */
export function compileCircuit(
  circuit: Buildable,
  parameters: Readonly<Record<string, number>> = {},
  options: SearchOptions & WorkLimit = {},
): LoweredProgram {
  return compileProgram(buildCircuit(circuit, parameters, options));
}
