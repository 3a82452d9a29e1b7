// Advice of a lowering that stays open by design (`Op.slack`): a threshold between two keys. That nothing depends on it is derived:
//
//   the value of its line is known without it
//   no gate holds an unknown variable of the line together with one of another line
//   with as many advice values of the line taken as given as its op declares, nothing of the line is unknown
//
// Where one of these fails, the report names the line.
import type { Variable } from '../../constraints/expression.ts';
import { variablesOf, type GateKind } from '../../constraints/gates.ts';
import { gatesByVariable, type Step } from '../../constraints/system.ts';
import type { LoweredProgram } from '../../meanings/circuit.ts';
import { findOp } from '../../ops/index.ts';
import { callOf } from '../../program/calls.ts';
import type { Determination } from './determination.ts';

/** Takes the slack of a line as given, and returns the variables that are known by that. */
export function takeSlack(
  circuit: LoweredProgram,
  number: number,
  steps: readonly Step[],
  determination: Determination,
): readonly Variable[] {
  const { program, values } = circuit;
  const line = program.lines[number]!;
  const { slack } = findOp(line.op);
  const isUnknown = (variable: Variable): boolean => !determination.isKnown(variable);
  if (!slack || values[number]!.some(({ terms }) => terms.some((t) => isUnknown(t.variable))))
    return [];
  const own = new Set(steps.flatMap(({ outputs }) => outputs).filter(isUnknown));
  if (reachesOthers(circuit, own, isUnknown)) return [];
  const advice = steps.flatMap((step) => (step.advice ? step.outputs.filter(isUnknown) : []));
  for (let left = slack(callOf(program, line)); left > 0; left--) {
    const open = advice.find(isUnknown);
    if (open === undefined) break;
    determination.know(open);
    determination.close();
  }
  return [...own].filter((variable) => !isUnknown(variable));
}

/** These say something of each variable by itself. */
const separate: ReadonlySet<GateKind> = new Set(['range12', 'boolean', 'constant']);

const reachesOthers = (
  { system }: LoweredProgram,
  own: ReadonlySet<Variable>,
  isUnknown: (variable: Variable) => boolean,
): boolean =>
  [...own].some((variable) =>
    gatesByVariable(system)[variable]!.some((number) => {
      const { gate } = system.gates[number]!;
      return !separate.has(gate.kind) && variablesOf(gate).some((v) => isUnknown(v) && !own.has(v));
    }),
  );
