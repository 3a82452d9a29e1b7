// The tree of hashes: permutations by their outputs, and the variables behind the sums that they take in.
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
    const permutations = system.gates.flatMap(({ gate }) =>
      gate.kind === 'poseidon' ? [gate] : [],
    );
    for (const gate of permutations)
      gate.output.forEach((variable) => this.#permutationOf.set(variable, gate));
    for (const gate of permutations)
      for (const variable of gate.input.flatMap((input) => this.#takenIn(input))) {
        const uses = this.#uses.get(variable) ?? new Set();
        this.#uses.set(variable, uses.add(gate.input.join()));
      }
  }

  /** The variables that a digest is made of, through all permutations; the variable itself if it is no digest. */
  leavesOf(digest: Variable): ReadonlySet<Variable> {
    const leaves = new Set<Variable>();
    const reached = new Set<PoseidonGate>();
    const pending: Variable[] = [digest];
    for (let next = pending.pop(); next !== undefined; next = pending.pop())
      for (const variable of this.#behind(next)) {
        const gate = this.#permutationOf.get(variable);
        if (!gate) leaves.add(variable);
        else if (!reached.has(gate)) pending.push(...gate.input);
        if (gate) reached.add(gate);
      }
    return leaves;
  }

  /** How many different permutations take the variable in. */
  usesOf(variable: Variable): number {
    return this.#uses.get(variable)?.size ?? 0;
  }

  /**
   * The variables that stand in an input of a permutation by themselves. A digest with feed-forward is the output of a permutation
   * plus one of its inputs: that input is a part of the digest, and not taken in once more.
   */
  #takenIn(input: Variable): Variable[] {
    const behind = this.#behind(input);
    const fed = new Set(
      behind.flatMap((variable) => {
        const gate = this.#permutationOf.get(variable);
        return gate ? gate.input.flatMap((each) => this.#behind(each)) : [];
      }),
    );
    return behind.filter((variable) => !fed.has(variable));
  }

  /** The variables of which the value is a sum. */
  #behind(variable: Variable): Variable[] {
    const terms = expand([{ coefficient: 1n, variable }], this.#equations);
    return terms.map((term) => term.variable);
  }
}
