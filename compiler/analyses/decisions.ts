// Decisions on values that carry error: how near the tie the real decision can be another one, and which choices by such a
// decision have no bound, because the values they choose between do not meet there.
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Program } from '../ir/program.ts';
import { accuracies, largestError, type ErrorBounds } from '../meanings/error.ts';
import type { Intervals } from '../numbers/interval.ts';
import { findOp } from '../ops/index.ts';
import { callOf } from '../program/calls.ts';
import { printLine } from '../program/print.ts';

/**
 * By line, for decisions: the largest distance from the tie, in real units, at which the real decision can be another one; 0 where it never
 * is. Undefined for other lines.
 */
export function decisionMargins(
  program: Program,
  ranges: readonly Intervals[],
  errors: ErrorBounds,
): (number | undefined)[] {
  return program.lines.map((line, number) => {
    const { decision } = findOp(line.op);
    if (!decision) return undefined;
    const margins = decision.margin(accuracies(line, ranges, errors), callOf(program, line));
    return largestError(margins.filter((_, element) => errors[number]![element]! > 0));
  });
}

/** Choices whose error has no bound though the errors of the decision and of both values have. */
export function findUnboundedChoices(program: Program, errors: ErrorBounds): Diagnostic[] {
  return program.lines.flatMap((line, number) => {
    const { between } = findOp(line.op);
    if (!between || !errors[number]!.includes(Infinity)) return [];
    const bounded = [0, ...between].every((argument) =>
      Number.isFinite(largestError(errors[line.arguments[argument]!]!)),
    );
    if (!bounded) return [];
    const decision = printLine(program, line.arguments[0]!);
    return [
      {
        code: 'inexact-decision',
        message: `the error of \`${printLine(program, number)}\` has no bound: \`${decision}\` decides on values that carry error, and what it chooses between does not meet at the tie`,
        hint: 'x.max(y), x.min(y), x.abs(), x.relu() and x.clip({ low, high }) keep the error of their arguments; a choice that jumps needs exact arguments: declare the inputs with { exact: true }',
        ...(line.where ? { where: line.where } : {}),
      },
    ];
  });
}
