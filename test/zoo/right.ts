// A right circuit that looks suspicious, and has no broken twin.
import { circuit, type AnyCircuit, type CircuitBuilder } from '../../dsl/index.ts';
import type { LoweredProgram } from '../../compiler/meanings/circuit.ts';
import type { Beside, Right } from './answer.ts';

interface Described extends Omit<Beside, 'source'>, Omit<Right, 'is'> {
  readonly name: string;
  /** Why somebody could take it for broken. */
  readonly suspicion: string;
}

export interface Suspicious extends Described {
  readonly right: AnyCircuit;
  /** In the place of compiling it: with a lowering of its own. */
  readonly lowered?: (right: AnyCircuit) => LoweredProgram;
}

export function suspicious({
  circuit: describe,
  ...rest
}: Omit<Suspicious, 'right'> & { readonly circuit: (c: CircuitBuilder) => void }): Suspicious {
  return { ...rest, right: circuit(rest.name, {}, describe) };
}
