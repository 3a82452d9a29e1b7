// Circuits compiled once in a process: most files that take the examples want the same ones, and a search over open formats
// takes seconds.
import { compileCircuit } from '../compiler/compile.ts';
import type { LoweredProgram } from '../compiler/meanings/circuit.ts';
import type { AnyCircuit, Parameters } from '../dsl/circuit.ts';

const known = new WeakMap<AnyCircuit, Map<string, LoweredProgram>>();

export function compileOnce(circuit: AnyCircuit, parameters: Parameters = {}): LoweredProgram {
  const own = known.get(circuit) ?? new Map<string, LoweredProgram>();
  known.set(circuit, own);
  const key = JSON.stringify(parameters);
  const compiled = own.get(key) ?? compileCircuit(circuit, parameters);
  own.set(key, compiled);
  return compiled;
}
