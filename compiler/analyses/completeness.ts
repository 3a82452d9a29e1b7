// Completeness: where an honest prover could be refused because of rounding alone. Warnings, not errors: the derived
// ranges are wider than the data may be, and a run on real inputs says whether it happens.
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { callOf } from '../program/calls.ts';
import type { Program } from '../ir/program.ts';
import type { Intervals } from '../numbers/interval.ts';
import { findOp } from '../ops/index.ts';
import { accuracies, analyzeHonestErrors } from '../meanings/error.ts';

/**
 * Assertions that an honest prover may fail at, with the cure. The errors that count are an honest prover's. Where they depend on advice, which follows its arguments nobody knows
 * how steeply, the inputs are taken as exact: what is found then happens whatever the inputs' own rounding.
 */
export function findShortfalls(program: Program, ranges: readonly Intervals[]): Diagnostic[] {
  const rounded = analyzeHonestErrors(program, ranges, 'rounded');
  const exact = analyzeHonestErrors(program, ranges, 'exact');
  const errors = rounded.map((line, number) =>
    line.every(Number.isFinite) ? line : exact[number]!,
  );
  return program.lines.flatMap((line) => {
    const op = findOp(line.op);
    const shortfall = op.precision?.completeness?.(
      accuracies(line, ranges, errors),
      callOf(program, line),
    );
    if (!shortfall) return [];
    const { message } = shortfall;
    const code = 'tight-tolerance';
    const isAdvised = line.arguments.some((arg) => !rounded[arg]!.every(Number.isFinite));
    const hint = isAdvised
      ? `nothing is rounded, and nothing has to change, where every value of the hint is a number of its format; otherwise: ${shortfall.hint}`
      : shortfall.hint;
    return [
      {
        code,
        message: `${line.op}: ${message}`,
        hint,
        ...(line.where ? { where: line.where } : {}),
      },
    ];
  });
}
