// Error analysis: for every line a bound on |fixed · 2^−fraction − real|, by each op's own rule.
import { callOf } from '../ir/calls.ts';
import type { Program } from '../ir/program.ts';
import { findOp } from '../ops/index.ts';
import type { Interval } from '../numbers/interval.ts';

/** Bounds in real units; Infinity where nothing ties the value to the reals. */
export function analyzeErrors(program: Program, ranges: readonly Interval[]): number[] {
  const errors: number[] = [];
  for (const line of program.lines) {
    const args = line.arguments.map((argument) => ({
      interval: ranges[argument]!,
      error: errors[argument]!,
    }));
    errors.push(findOp(line.op).error(args, callOf(program, line)));
  }
  return errors;
}
