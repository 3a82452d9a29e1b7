// What the prover may choose. Every advice value is forced by the inputs, or belongs to a declared relation, or is a
// finding that names op, element and line. Only roots are found: a value that is free because another one is follows
// from it, so each finding is made as if the ones before it were mended.
//
// Slack (`Op.slack`) is taken as given where the rules have shown the value of its line: a threshold between two keys.
//
// A value that nothing depends on is reported as well when it is free: an advice that reaches no constraint is more
// likely a forgotten assertion than a wish.
import type { Expression, Variable } from '../../constraints/expression.ts';
import type { Step } from '../../constraints/system.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { callOf } from '../../program/calls.ts';
import { describeLine } from '../../program/print.ts';
import type { LoweredProgram } from '../../meanings/circuit.ts';
import { describeElement } from '../../meanings/fixed.ts';
import { findOp } from '../../ops/index.ts';
import { analyzeErrors, largestError } from '../../meanings/error.ts';
import { Determination } from './determination.ts';
import { takeSlack } from './slack.ts';

/** A line whose value the prover chooses within a declared relation. */
export interface DeclaredRelation {
  readonly line: number;
  readonly elements: number;
  /** The largest distance to the reals, by the error analysis; Infinity where it finds none. */
  readonly bound: number;
  /** What is accepted, and on which condition the bound stands. */
  readonly says: string;
}

export interface DeterminismReport {
  /** How many variables the circuit takes from the prover, limbs of range checks included. */
  readonly advice: number;
  /** How many of them follow from the inputs alone: what is declared counts for nothing. */
  readonly forced: number;
  /** How many of them follow from the inputs and from the values of declared relations. */
  readonly determined: number;
  /** How many are not, but no value depends on them: slack that an op declares, and what follows from it. */
  readonly slack: number;
  /** These, and the sums that are computed of them. */
  readonly slackVariables: ReadonlySet<Variable>;
  /** The lines with a value, all of whose elements follow from the inputs alone. */
  readonly forcedLines: ReadonlySet<number>;
  readonly relations: readonly DeclaredRelation[];
  /** One finding for each line with values that nothing forces. */
  readonly free: readonly Diagnostic[];
}

/** Several reports ask for the same circuit, whose constraints do not change. */
const known = new WeakMap<LoweredProgram, DeterminismReport>();

export function analyzeDeterminism(circuit: LoweredProgram): DeterminismReport {
  const before = known.get(circuit);
  if (before) return before;
  const report = derive(circuit);
  known.set(circuit, report);
  return report;
}

function derive(circuit: LoweredProgram): DeterminismReport {
  const { system, values } = circuit;
  const determination = new Determination(system, { byCases: true });
  const advice = system.steps.flatMap((step) => (step.advice ? step.outputs : []));
  const countKnown = (): number =>
    advice.filter((variable) => determination.isKnown(variable)).length;
  determination.settle();
  const forced = countKnown();
  const isKnown = ({ terms }: Expression): boolean =>
    terms.every(({ variable }) => determination.isKnown(variable));
  const forcedLines = new Set(
    values.flatMap((elements, line) =>
      elements.length > 0 && elements.every(isKnown) ? [line] : [],
    ),
  );
  const relations = findRelations(circuit);
  for (const { line } of relations) values[line]!.forEach((form) => determination.give(form));
  determination.settle();
  const determined = countKnown();
  const { free, slackVariables } = findFree(circuit, determination);
  const slack = advice.filter((variable) => slackVariables.has(variable)).length;
  return {
    advice: advice.length,
    forced,
    determined,
    slack,
    slackVariables,
    forcedLines,
    relations,
    free,
  };
}

function findRelations({ program, ranges }: LoweredProgram): DeclaredRelation[] {
  const lines = program.lines.map((line) =>
    findOp(line.op).choice?.relation(callOf(program, line)),
  );
  if (lines.every((says) => says === undefined)) return [];
  const errors = analyzeErrors(program, ranges);
  return lines.flatMap((says, line) => {
    const bounds = errors[line]!;
    return says === undefined
      ? []
      : [{ line, elements: bounds.length, bound: largestError(bounds), says }];
  });
}

/** Line by line, which is the order in which values depend on each other: what is unknown first is a root. */
function findFree(
  circuit: LoweredProgram,
  determination: Determination,
): Pick<DeterminismReport, 'free' | 'slackVariables'> {
  const isUnknown = (variable: Variable): boolean => !determination.isKnown(variable);
  const steps = circuit.program.lines.map((): Step[] => []);
  for (const step of circuit.system.steps) steps[step.origin.line]!.push(step);
  const slackVariables = new Set<Variable>();
  const free = steps.flatMap((own, line) => {
    for (const variable of takeSlack(circuit, line, own, determination))
      slackVariables.add(variable);
    const unknown = own.flatMap(({ outputs, origin }) =>
      outputs.filter(isUnknown).map((variable) => ({ variable, origin })),
    );
    if (unknown.length === 0) return [];
    const owners = elementsByVariable(circuit, line);
    const elements = unknown.map(({ variable, origin }) => owners.get(variable) ?? origin.element);
    unknown.forEach(({ variable }) => determination.know(variable));
    determination.settle();
    return [
      finding(
        circuit,
        line,
        [...new Set(elements)].sort((a, b) => a - b),
      ),
    ];
  });
  return { free, slackVariables };
}

/** Which element of a line's value a variable is part of: the elements of a tensor of advice are one step. */
function elementsByVariable({ values }: LoweredProgram, line: number): Map<Variable, number> {
  const owner = new Map<Variable, number>();
  values[line]!.forEach(({ terms }, element) => {
    for (const { variable } of terms) if (!owner.has(variable)) owner.set(variable, element);
  });
  return owner;
}

function finding(
  { program }: LoweredProgram,
  number: number,
  elements: readonly number[],
): Diagnostic {
  const line = program.lines[number]!;
  const { choice } = findOp(line.op);
  const undeclared = choice && choice.relation(callOf(program, line)) === undefined;
  const others = elements.length - 1;
  const more = others === 0 ? '' : `, nor that of ${others} more element${others === 1 ? '' : 's'}`;
  return {
    code: 'undetermined',
    message: `${describeElement(program, line, elements[0]!)} no constraint forces its value${more}, in \`${describeLine(program, number)}\``,
    hint: undeclared
      ? 'assert what determines it exactly, or declare how far your assertions let it be from its hint: { within: … }'
      : 'the constraints of this operation leave a value open; that is a fault of the compiler, please report it',
    ...(line.where ? { where: line.where } : {}),
  };
}
