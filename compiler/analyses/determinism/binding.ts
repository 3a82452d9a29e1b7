// What a permutation says of its inputs and outputs, given what is known.
import type { Variable } from '../../constraints/expression.ts';
import type { PoseidonGate } from '../../constraints/gates.ts';
import type { ConstraintSystem } from '../../constraints/system.ts';
import type { Equations } from './equations.ts';

export interface PermutationRule {
  /** What becomes known. */
  readonly rule: (gate: PoseidonGate) => readonly Variable[];
  /** Numbers of gates to look at when a variable becomes known that the gate does not hold. */
  readonly alsoAt: ReadonlyMap<Variable, readonly number[]>;
}

type IsKnown = (variable: Variable) => boolean;

/** The permutation is a function. */
export const forwards = (isKnown: IsKnown): PermutationRule => ({
  rule: ({ input, output }) => (input.every(isKnown) ? output : []),
  alsoAt: new Map(),
});

/**
 * Collision resistance, of hashes from an ideal permutation P. Whoever finds two witnesses that agree on what is known, and
 * differ in what these rules add, has found a collision.
 *
 *   sponge     An output binds all inputs if one input is fixed. A fixed input is known, or it is the output of a permutation
 *              that has a fixed input itself: the capacity is a constant at first, and is then handed on as it is. A sum
 *              with a message does not count, because the prover chooses the message. P alone binds nothing: it is
 *              invertible.
 *   compress   The sum a · P(x)_i + b · x_j binds all inputs (Davies and Meyer).
 */
export function bindingRule(
  { gates }: ConstraintSystem,
  { ofGate }: Equations,
  isKnown: IsKnown,
): PermutationRule {
  const owners = new Map<Variable, PoseidonGate>();
  const numbers = new Map<PoseidonGate, number>();
  gates.forEach(({ gate }, number) => {
    if (gate.kind !== 'poseidon') return;
    numbers.set(gate, number);
    gate.output.forEach((variable) => owners.set(variable, gate));
  });
  const feedForwards = new Map<PoseidonGate, Variable[]>();
  const alsoAt = new Map<Variable, number[]>();
  for (const equation of ofGate) {
    if (equation?.terms.length !== 3) continue;
    const variables = equation.terms.map(({ variable }) => variable);
    for (const output of variables) {
      const gate = owners.get(output);
      const others = variables.filter((variable) => variable !== output);
      const input = others.find((variable) => gate?.input.includes(variable));
      const sum = others.find((variable) => variable !== input);
      if (!gate || input === undefined || sum === undefined) continue;
      feedForwards.set(gate, [...(feedForwards.get(gate) ?? []), sum]);
      alsoAt.set(sum, [...(alsoAt.get(sum) ?? []), numbers.get(gate)!]);
    }
  }

  function hasFixedInput(gate: PoseidonGate): boolean {
    const reached = new Set([gate]);
    for (const each of reached) {
      if (each.input.some(isKnown)) return true;
      for (const variable of each.input) {
        const owner = owners.get(variable);
        if (owner) reached.add(owner);
      }
    }
    return false;
  }

  const isBound = (gate: PoseidonGate): boolean =>
    (feedForwards.get(gate) ?? []).some(isKnown) ||
    (gate.output.some(isKnown) && hasFixedInput(gate));
  return {
    alsoAt,
    rule(gate) {
      if (gate.input.every(isKnown)) return gate.output;
      return isBound(gate) ? [...gate.input, ...gate.output] : [];
    },
  };
}
