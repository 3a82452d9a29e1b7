// The recorded circuit: numbered variables, the gates on them with provenance, and the steps by which an
// honest prover fills the variables in. Everything downstream (checker, rows, prover) reads this.
import { variablesOf, type Gate } from './gates.ts';
import type { Variable } from './expression.ts';

/** Which line of the program, and which element of it, a gate or a value comes from. */
export interface Origin {
  readonly line: number;
  readonly element: number;
}

export interface RecordedGate {
  readonly gate: Gate;
  /** One origin; a pooled range check has one for each limb. */
  readonly origins: readonly Origin[];
}

/** Fills variables from earlier ones. Advice is the prover's choice; other steps follow from one gate. */
export interface Step {
  readonly outputs: readonly Variable[];
  readonly advice: boolean;
  readonly origin: Origin;
  compute(values: readonly bigint[]): readonly bigint[];
}

/** A tensor that enters from outside, or (an output) leaves as part of the statement. */
export interface Port {
  readonly name: string;
  readonly direction: 'input' | 'output';
  readonly visibility: 'public' | 'secret';
  readonly variables: readonly Variable[];
}

export interface ConstraintSystem {
  readonly variables: number;
  /** In the order of declaration; the public ones, concatenated, are the public input of a proof. */
  readonly ports: readonly Port[];
  readonly gates: readonly RecordedGate[];
  readonly steps: readonly Step[];
}

export function publicVariables(system: ConstraintSystem): Variable[] {
  return system.ports.flatMap((port) => (port.visibility === 'public' ? port.variables : []));
}

const indices = new WeakMap<ConstraintSystem, number[][]>();

/** For every variable the numbers of the gates that constrain it. */
export function gatesByVariable(system: ConstraintSystem): readonly (readonly number[])[] {
  const known = indices.get(system);
  if (known) return known;
  const index = Array.from({ length: system.variables }, (): number[] => []);
  system.gates.forEach(({ gate }, number) =>
    variablesOf(gate).forEach((variable) => index[variable]!.push(number)),
  );
  indices.set(system, index);
  return index;
}
