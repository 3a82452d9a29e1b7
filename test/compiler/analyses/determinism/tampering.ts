// The brute force that the analysis is held against: circuits with a gate taken out, and witnesses with a value
// replaced, alone or with all later values worked out anew, or with two values traded against each other.
import { expand, findEquations } from '../../../../compiler/analyses/determinism/equations.ts';
import { checkChanges, checkWitness } from '../../../../compiler/constraints/checker.ts';
import type { Variable } from '../../../../compiler/constraints/expression.ts';
import type { ConstraintSystem } from '../../../../compiler/constraints/system.ts';
import { solveWitness, type InputValues } from '../../../../compiler/constraints/witness.ts';
import type { LoweredProgram } from '../../../../compiler/meanings/circuit.ts';
import { canonical } from '../../../../compiler/numbers/field.ts';
import { Violation } from '../../../../compiler/ops/op.ts';
import { honestWitness } from '../../../../compiler/testing/witness.ts';
import { changes } from '../../constraints/changes.ts';

/** The same circuit without one of its gates. */
export function without(circuit: LoweredProgram, gate: number): LoweredProgram {
  const { system } = circuit;
  return { ...circuit, system: { ...system, gates: system.gates.filter((_, i) => i !== gate) } };
}

/**
 * The values that an attacker writes on top of an honest witness that is accepted all the same; undefined when none was found. Slack may move,
 * if it moves alone.
 */
export function findSecondWitness(
  circuit: LoweredProgram,
  inputs: InputValues,
  slack: ReadonlySet<Variable> = new Set(),
): ReadonlyMap<Variable, bigint> | undefined {
  const { system } = circuit;
  const honest = honestWitness(circuit, inputs);
  if (!honest || checkWitness(system, honest)) return undefined;
  const accepted = (values: readonly bigint[] | undefined): boolean =>
    values !== undefined &&
    values.some((value, variable) => value !== honest[variable] && !slack.has(variable)) &&
    checkChanges(system, honest, values) === undefined;
  const alone = replacements(system, honest).find((changes) =>
    accepted(honest.map((value, variable) => changes.get(variable) ?? value)),
  );
  return (
    alone ??
    [...replacements(system, honest), ...trades(system, honest)].find((changes) =>
      accepted(resolve(() => solveWitness(system, inputs, changes))),
    )
  );
}

type Changes = ReadonlyMap<Variable, bigint>;

/** Another value for one variable of any step. */
function replacements({ steps }: ConstraintSystem, honest: readonly bigint[]): Changes[] {
  return steps.flatMap(({ outputs }) =>
    outputs.flatMap((variable) =>
      changes
        .map((tamper) => canonical(tamper(honest[variable]!)))
        .filter((value) => value !== honest[variable])
        .map((value) => new Map([[variable, value]])),
    ),
  );
}

/** Two advice values of one linear equation, changed so that it still holds: a remainder against its quotient. */
function trades(system: ConstraintSystem, honest: readonly bigint[]): Changes[] {
  const advice = new Set(system.steps.flatMap((step) => (step.advice ? step.outputs : [])));
  const equations = findEquations(system);
  return equations.ofGate.flatMap((equation) => {
    const leaves = expand(equation?.terms ?? [], equations);
    const own = leaves.filter(({ variable }) => advice.has(variable));
    return own.flatMap((a) =>
      own.flatMap((b) => {
        if (a === b || b.coefficient % a.coefficient !== 0n) return [];
        const factor = b.coefficient / a.coefficient;
        return [1n, -1n].map(
          (change) =>
            new Map([
              [b.variable, canonical(honest[b.variable]! + change)],
              [a.variable, canonical(honest[a.variable]! - change * factor)],
            ]),
        );
      }),
    );
  });
}

function resolve(solve: () => bigint[]): bigint[] | undefined {
  try {
    return solve();
  } catch (error) {
    if (error instanceof Violation || error instanceof RangeError) return undefined;
    throw error;
  }
}
