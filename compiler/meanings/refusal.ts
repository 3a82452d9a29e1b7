// A refusal of the checker as a finding: the op, the element and the author's line.
import type { GateFailure } from '../constraints/checker.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { describeLine } from '../program/print.ts';
import type { Program } from '../ir/program.ts';
import { describeElement } from './fixed.ts';

export function refusalFinding(
  program: Program,
  { origin, message, gate }: GateFailure,
): Diagnostic {
  const line = program.lines[origin.line]!;
  return {
    code: 'constraint-failed',
    message: `${describeElement(program, line, origin.element)} ${message} (constraint ${gate}, in \`${describeLine(program, origin.line)}\`)`,
    ...(line.where ? { where: line.where } : {}),
  };
}
