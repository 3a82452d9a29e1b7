// What is hashed into what: permutations by their outputs, and the variables behind the sums that they take in.
import type { PoseidonGate } from '../../constraints/gates.ts';
import type { Variable } from '../../constraints/expression.ts';
import type { ConstraintSystem } from '../../constraints/system.ts';
import { expand, findEquations, type Equations } from '../determinism/equations.ts';

export class HashTree {
  readonly #equations: Equations;
  readonly #permutationOf = new Map<Variable, PoseidonGate>();
  /** By variable, the permutations that take it in, by their inputs: the same hash made twice is one. */
  readonly #uses = new Map<Variable, Set<string>>();

  constructor(system: ConstraintSystem) {
    this.#equations = findEquations(system);
    for (const { gate } of system.gates) {
      if (gate.kind !== 'poseidon') continue;
      gate.output.forEach((variable) => this.#permutationOf.set(variable, gate));
      for (const variable of this.#behind(gate.input)) {
        const uses = this.#uses.get(variable) ?? new Set();
        this.#uses.set(variable, uses.add(gate.input.join()));
      }
    }
  }

  /** The variables that a digest is made of, through all permutations; the variable itself if it is no digest. */
  leavesOf(digest: Variable): ReadonlySet<Variable> {
    const leaves = new Set<Variable>();
    const reached = new Set<PoseidonGate>();
    const pending: (readonly Variable[])[] = [[digest]];
    for (let next = pending.pop(); next; next = pending.pop())
      for (const variable of this.#behind(next)) {
        const gate = this.#permutationOf.get(variable);
        if (!gate) leaves.add(variable);
        else if (!reached.has(gate)) pending.push(gate.input);
        if (gate) reached.add(gate);
      }
    return leaves;
  }

  /** How many different permutations take the variable in. */
  usesOf(variable: Variable): number {
    return this.#uses.get(variable)?.size ?? 0;
  }

  #behind(variables: readonly Variable[]): Variable[] {
    const terms = variables.map((variable) => ({ coefficient: 1n, variable }));
    // Each by itself: in a sum of them, terms could cancel out.
    const found = terms.flatMap((term) => expand([term], this.#equations));
    return [...new Set(found.map(({ variable }) => variable))];
  }
}
