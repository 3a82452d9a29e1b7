// Decisions on values that carry error: how near the tie the real decision can be another one, and what has no bound because it
// jumps there, or because there may be no real value.
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Line, Program } from '../ir/program.ts';
import { accuracies, largestError, type ErrorBounds } from '../meanings/error.ts';
import type { Intervals } from '../numbers/interval.ts';
import { findOp } from '../ops/index.ts';
import { callOf } from '../program/calls.ts';
import { describeLine } from '../program/print.ts';

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

/** Lines whose error has no bound though those of their arguments have: what they decide jumps, or there may be no real value. */
export function findUnbounded(program: Program, errors: ErrorBounds): Diagnostic[] {
  const largest = errors.map(largestError);
  return program.lines.flatMap((line, number) => {
    const op = findOp(line.op);
    const unbounded = largest[number] === Infinity && (!op.choice || op.precision?.unbounded);
    if (!unbounded || !line.arguments.every((each) => Number.isFinite(largest[each]))) return [];
    const inexact = line.arguments.findLast((each) => largest[each]! > 0) ?? line.arguments[0]!;
    const { why, cure } = op.precision?.unbounded ?? reasonOf(program, line, inexact);
    return [
      {
        code: op.precision?.unbounded ? 'unbounded-error' : 'inexact-decision',
        message: `the error of \`${describeLine(program, number)}\` has no bound: ${why}`,
        hint: cure,
        ...(line.where ? { where: line.where } : {}),
      },
    ];
  });
}

function reasonOf(program: Program, line: Line, inexact: number): { why: string; cure: string } {
  const value = (number: number): string => `\`${describeLine(program, number)}\``;
  if (findOp(line.op).between)
    return {
      why: `${value(line.arguments[0]!)} decides on values that carry error, and what it chooses between does not meet at the tie`,
      cure: 'x.max(y), x.min(y), x.abs(), x.relu() and x.clip({ low, high }) keep the error of their arguments; a choice that jumps needs exact arguments: declare the inputs with { exact: true }',
    };
  return {
    why: `it jumps with ${value(inexact)}, which carries error`,
    cure: 'declare the inputs that it is made of with { exact: true }; x.scale(4, { fraction: -2 }) of two fractional bits is exact and whole',
  };
}
