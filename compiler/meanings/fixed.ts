// The exact integer meaning of a program: what is promised, and what the circuit must reproduce bit for bit.
import type { InputValues } from '../constraints/witness.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { callOf } from '../program/calls.ts';
import type { Line, Program } from '../ir/program.ts';
import { indexAt, renderShape } from '../ir/shape.ts';
import { describeLine } from '../program/print.ts';
import { findOp } from '../ops/index.ts';
import { isAssertion, Violation } from '../ops/op.ts';
import { declaredInput } from '../program/ports.ts';

export interface FixedRun {
  /** Values of every line; undefined from the first line on that could not be computed. */
  readonly values: readonly (readonly bigint[] | undefined)[];
  /** Assertions that fail, and values that do not exist. */
  readonly findings: readonly Diagnostic[];
}

/** Evaluates every line that can be; a failing line does not hide the failures of others. */
export function evaluateFixed(program: Program, inputs: InputValues): FixedRun {
  const values: (readonly bigint[] | undefined)[] = [];
  const findings: Diagnostic[] = [];
  program.lines.forEach((line, number) => {
    const op = findOp(line.op);
    const input = declaredInput(line);
    if (input) return void values.push(inputs.get(input.name)!);
    const args = line.arguments.map((argument) => values[argument]);
    if (!args.every((arg) => arg !== undefined)) return void values.push(undefined);
    try {
      values.push(op.fixed(args, callOf(program, line)));
    } catch (error) {
      if (!(error instanceof Violation)) throw error;
      findings.push(violationFinding(program, number, error));
      values.push(undefined);
    }
  });
  return { values, findings };
}

function violationFinding(program: Program, number: number, violation: Violation): Diagnostic {
  const line = program.lines[number]!;
  return {
    code: isAssertion(findOp(line.op)) ? 'assertion-failed' : 'no-value',
    message: `${describeElement(program, line, violation.element)} ${violation.message}, in \`${describeLine(program, number)}\``,
    ...(violation.hint ? { hint: violation.hint } : {}),
    ...(line.where ? { where: line.where } : {}),
  };
}

/** `element [0,3] of assert-within:`. The shape is the result's, or what is asserted. */
export function describeElement(program: Program, line: Line, element: number): string {
  const shape = findOp(line.op).effect
    ? program.lines[line.arguments[0] ?? 0]!.type.shape
    : line.type.shape;
  const index = shape.length > 0 ? `element ${renderShape(indexAt(shape, element))} of ` : '';
  return `${index}${line.op}:`;
}
