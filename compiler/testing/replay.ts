// Runs one law on one input: what a failure report asks for.
import { isCircuit, type AnyCircuit, type Parameters } from '../../dsl/circuit.ts';
import { compileCircuit } from '../compile.ts';
import { fail } from '../diagnostics/diagnostic.ts';
import type { BoundInputs } from '../inputs/bind.ts';
import { laws, type LawName } from './named-laws.ts';
import type { Given } from './specification/specification.ts';

export interface Replay extends Given {
  readonly law: LawName;
  readonly parameters?: Parameters;
  /** Row-major; opaque tensors have integers alone. */
  readonly inputs: Readonly<
    Record<string, { readonly fixed: readonly bigint[]; readonly real?: readonly number[] }>
  >;
}

/** Throws what the law throws. `file` is the module that exports the circuit. */
export function replay(file: object, name: string, options: Replay): void {
  const { law, parameters, inputs, ...given } = options;
  const circuit = findCircuit(file, name);
  const fixed = new Map<string, bigint[]>();
  const real = new Map<string, Float64Array>();
  for (const [tensor, values] of Object.entries(inputs)) {
    fixed.set(tensor, [...values.fixed]);
    real.set(tensor, Float64Array.from(values.real ?? values.fixed.map(() => NaN)));
  }
  const bound: BoundInputs = { fixed, real };
  laws[law](compileCircuit(circuit, parameters), bound, given);
}

function findCircuit(file: object, name: string): AnyCircuit {
  const exported = [file, ...Object.values(file)] as unknown[];
  const found = exported.filter(isCircuit).find((each) => each.name === name);
  return found ?? fail('no-circuit', `the file exports no circuit "${name}"`);
}
