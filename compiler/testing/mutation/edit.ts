// One change of one gate, as data, and the circuit that results.
import type { Variable } from '../../constraints/expression.ts';
import type { Gate } from '../../constraints/gates.ts';
import type { ConstraintSystem, Step } from '../../constraints/system.ts';

/** What is changed, as the score counts it. */
export type MutationKind =
  | 'gate deleted'
  | 'limb dropped'
  | 'range widened'
  | 'coefficient changed'
  | 'constant changed'
  | 'wires swapped'
  | 'operand replaced';

export interface Edit {
  readonly kind: MutationKind;
  readonly description: string;
  /** Which of several limbs of the gate. */
  readonly part?: number;
  /** What takes the gate's place; nothing does if it is deleted. */
  readonly gate?: Gate;
  /** More variables, with the rule that fills them in and gates on them. */
  readonly extension?: Extension;
  /** Another rule for a variable that the change makes another value of. */
  readonly refill?: Rule;
  /** Two variables, in no other gate, that an honest prover of the mutant fills in the other way round. */
  readonly exchange?: readonly [Variable, Variable];
}

export interface Extension {
  readonly variables: readonly Variable[];
  readonly compute: Step['compute'];
  readonly gates: readonly Gate[];
}

interface Rule {
  readonly output: Variable;
  readonly compute: Step['compute'];
}

/** A recorded circuit with one change. */
export interface Mutant {
  readonly edit: Edit;
  /** The number of the gate that is changed. */
  readonly gate: number;
  readonly system: ConstraintSystem;
  /** The gates that the original has otherwise, or not at all, by their numbers in the mutant. */
  readonly changed: readonly number[];
  /** The steps that the original does not have. */
  readonly steps: readonly Step[];
}

export function applyEdit(original: ConstraintSystem, gate: number, edit: Edit): Mutant {
  const { origins, gate: before } = original.gates[gate]!;
  const origin = origins[edit.part ?? 0]!;
  const { extension, refill } = edit;
  const added: Step[] = extension
    ? [{ outputs: extension.variables, advice: true, origin, compute: extension.compute }]
    : [];
  const refilled: Step[] = [];
  const steps = original.steps.map((step) => {
    if (!refill || step.outputs[0] !== refill.output) return step;
    refilled.push({ ...step, compute: refill.compute });
    return refilled[0]!;
  });
  const after = edit.gate ?? vacuous(before);
  const more = extension?.gates ?? [];
  const gates = original.gates.with(gate, { gate: after, origins });
  return {
    edit,
    gate,
    changed: [gate, ...more.map((_, i) => gates.length + i)],
    steps: [...refilled, ...added],
    system: {
      ...original,
      variables: original.variables + (extension?.variables.length ?? 0),
      gates: [...gates, ...more.map((each) => ({ gate: each, origins: [origin] }))],
      steps: [...steps, ...added],
    },
  };
}

/** True of changes that only remove constraints: such a mutant can only accept too much. */
export function loosens({ edit: { kind } }: Mutant): boolean {
  return kind === 'gate deleted' || kind === 'limb dropped' || kind === 'range widened';
}

/** In place of a deleted gate, so that the others keep their numbers: one that always holds. */
function vacuous(gate: Gate): Gate {
  const variable = gate.kind === 'constant' ? gate.variable : 0;
  return { kind: 'equal', left: variable, right: variable };
}

/** What an honest prover of the mutant fills in, from his witness of the original. */
export function refill(
  { edit: { exchange }, system, steps }: Mutant,
  honest: readonly bigint[],
): readonly bigint[] {
  if (exchange) {
    const [a, b] = exchange;
    return honest.with(a, honest[b]!).with(b, honest[a]!);
  }
  if (steps.length === 0) return honest;
  const values = [...honest, ...new Array<bigint>(system.variables - honest.length).fill(0n)];
  for (const step of steps) {
    const computed = step.compute(values);
    step.outputs.forEach((variable, i) => (values[variable] = computed[i]!));
  }
  return values;
}
