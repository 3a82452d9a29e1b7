// Variables that are 0 in no witness: their bounds say so, or products do. A product is 0 where a factor is, and only there.
import { visit, type Gates } from '../../constraints/gates.ts';
import { gatesByVariable, type ConstraintSystem } from '../../constraints/system.ts';
import type { Variable } from '../../constraints/expression.ts';
import type { PrimeField } from '../../numbers/field.ts';
import type { Interval } from '../../numbers/interval.ts';
import type { Equations } from './equations.ts';
import { Worklist } from './worklist.ts';

/** By variable, 1 where it is never 0. */
export function neverZeros(
  system: ConstraintSystem,
  { ofGate }: Equations,
  bounds: readonly Interval[],
  { canonical }: PrimeField,
): Uint8Array {
  const found = new Uint8Array(system.variables);
  const gatesOf = gatesByVariable(system);
  const worklist = new Worklist();
  const mark = (variable: Variable): void => {
    if (found[variable] === 1) return;
    found[variable] = 1;
    gatesOf[variable]!.forEach((gate) => worklist.push(gate));
  };
  const nothing = (): undefined => undefined;
  const rules: Gates<void> = {
    product({ scale, left, right, out }) {
      if (found[out]) [left, right].forEach(mark);
      else if (found[left] && found[right] && canonical(scale) !== 0n) mark(out);
    },
    linear: nothing,
    equal: nothing,
    boolean: nothing,
    constant: nothing,
    range12: nothing,
    range64: nothing,
    poseidon: nothing,
  };
  bounds.forEach(({ low, high }, variable) => {
    if (low > 0n || high < 0n) mark(variable);
  });
  for (let gate = worklist.take(); gate !== undefined; gate = worklist.take()) {
    const equation = ofGate[gate];
    if (!equation) visit(rules, system.gates[gate]!.gate);
    // c u + d v = 0: one is a multiple of the other.
    else if (equation.terms.length === 2 && equation.constant === 0n) {
      const [u, v] = equation.terms;
      if (found[u!.variable] || found[v!.variable]) [u!, v!].forEach((t) => mark(t.variable));
    }
  }
  return found;
}
