// A circuit as an attacker reads it: which gates hold a variable, which gate defines it, which steps read it.
// What nothing defines is free: advice, and whatever a missing gate leaves open.
import { gatesByVariable } from '../../constraints/system.ts';
import type { Variable } from '../../constraints/expression.ts';
import type { Gate } from '../../constraints/gates.ts';
import type { ConstraintSystem, Step } from '../../constraints/system.ts';

export interface Graph {
  readonly system: ConstraintSystem;
  /** For each variable the numbers of the gates that hold it. */
  readonly gatesOf: readonly (readonly number[])[];
  /** For each variable the numbers of the steps that compute from it. */
  readonly readers: readonly (readonly number[])[];
  /** For each step the variables that it computes from. */
  readonly sources: readonly (readonly Variable[])[];
  /** For each variable the number of the step that fills it in; none for inputs. */
  readonly stepOf: readonly (number | undefined)[];
  /** For each variable the gate that it follows from; none for inputs and what is free. */
  readonly definitions: readonly (Gate | undefined)[];
}

const graphs = new WeakMap<ConstraintSystem, Graph>();

/** `witness` is one that satisfies the circuit. */
export function graphOf(system: ConstraintSystem, witness: readonly bigint[]): Graph {
  const graph = graphs.get(system) ?? readGraph(system, witness);
  graphs.set(system, graph);
  return graph;
}

function readGraph(system: ConstraintSystem, witness: readonly bigint[]): Graph {
  const readers = Array.from({ length: system.variables }, (): number[] => []);
  const stepOf = new Array<number | undefined>(system.variables);
  const sources = system.steps.map((step) => readsOf(step, witness));
  system.steps.forEach((step, number) => {
    sources[number]!.forEach((variable) => readers[variable]!.push(number));
    step.outputs.forEach((variable) => (stepOf[variable] = number));
  });
  const definitions = new Array<Gate | undefined>(system.variables);
  for (const { gate } of system.gates)
    for (const variable of definedBy(gate)) {
      const step = stepOf[variable];
      if (step === undefined) continue;
      // A variable that is wired to a constant and computed from others follows from those.
      const wired = gate.kind === 'constant' && sources[step]!.length > 0;
      const follows = !system.steps[step]!.advice && !wired;
      if (follows) definitions[variable] ??= gate;
    }
  return { system, gatesOf: gatesByVariable(system), readers, sources, stepOf, definitions };
}

export const isFree = ({ definitions, stepOf }: Graph, variable: Variable): boolean =>
  stepOf[variable] !== undefined && definitions[variable] === undefined;

/** What a gate computes, if all that it computes from was there before. */
function definedBy(gate: Gate): readonly Variable[] {
  const later = (out: Variable, from: readonly Variable[]): readonly Variable[] =>
    from.every((variable) => variable < out) ? [out] : [];
  switch (gate.kind) {
    case 'product':
      return later(gate.out, [gate.left, gate.right]);
    case 'linear':
      return later(
        gate.out,
        gate.terms.map(({ variable }) => variable),
      );
    case 'equal':
      return later(gate.right, [gate.left]);
    case 'constant':
      return [gate.variable];
    case 'poseidon':
      return gate.output;
    default:
      return [];
  }
}

const reads = new WeakMap<Step, readonly Variable[]>();

/** The variables that a step computes from: those that it asks for. */
function readsOf(step: Step, witness: readonly bigint[]): readonly Variable[] {
  const known = reads.get(step);
  if (known) return known;
  const asked = new Set<Variable>();
  step.compute(
    new Proxy(witness, {
      get(target, key) {
        asked.add(Number(key));
        return target[Number(key)];
      },
    }),
  );
  reads.set(step, [...asked]);
  return [...asked];
}
