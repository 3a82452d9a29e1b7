// Fills in every variable of a system from its inputs, as an honest prover does.
import { canonical } from '../numbers/field.ts';
import type { Variable } from './expression.ts';
import type { ConstraintSystem } from './system.ts';

/** Integers of each input tensor, by name, in row-major order. */
export type InputValues = ReadonlyMap<string, readonly bigint[]>;

/**
 * Values of all variables in [0, p). `overrides` replaces what a step computes, and later steps build on the
 * replacement: a dishonest witness with everything else re-solved.
 */
export function solveWitness(
  system: ConstraintSystem,
  inputs: InputValues,
  overrides?: ReadonlyMap<Variable, bigint>,
): bigint[] {
  const values = new Array<bigint>(system.variables).fill(0n);
  const assign = (variable: Variable, value: bigint): void => {
    values[variable] = canonical(overrides?.get(variable) ?? value);
  };
  for (const port of system.ports) {
    if (port.direction !== 'input') continue;
    const given = inputs.get(port.name);
    if (given?.length !== port.variables.length)
      throw new RangeError(`input ${port.name}: ${port.variables.length} values expected`);
    port.variables.forEach((variable, i) => assign(variable, given[i]!));
  }
  for (const step of system.steps) {
    const computed = step.compute(values);
    step.outputs.forEach((variable, i) => assign(variable, computed[i]!));
  }
  return values;
}
