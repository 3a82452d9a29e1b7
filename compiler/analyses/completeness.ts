// Completeness: where an honest prover could be refused because of rounding alone. Warnings, not errors: the derived
// ranges are wider than the data may be, and a run on real inputs says whether it happens.
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { callOf } from '../ir/calls.ts';
import type { Program } from '../ir/program.ts';
import type { Interval } from '../numbers/interval.ts';
import { findOp } from '../ops/index.ts';

export function findShortfalls(program: Program, ranges: readonly Interval[]): Diagnostic[] {
  return program.lines.flatMap((line) => {
    const op = findOp(line.op);
    const args = line.arguments.map((argument) => ranges[argument]!);
    const shortfall = op.completeness?.(args, callOf(program, line));
    if (!shortfall) return [];
    const { message, hint } = shortfall;
    const code = 'tight-tolerance';
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
