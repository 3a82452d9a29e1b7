// Error analysis: for every element of every line a bound on |fixed · 2^−fraction − real|, by each op's own rule.
import { callOf } from '../program/calls.ts';
import type { Line, Program } from '../ir/program.ts';
import { findOp } from '../ops/index.ts';
import type { Accuracy, Op } from '../ops/op.ts';
import type { Intervals } from '../numbers/interval.ts';
import { meetsIn } from './ties.ts';

/** In real units, line by line and in row-major order; Infinity where nothing ties an element to the reals. */
export type ErrorBounds = readonly (readonly number[])[];

type Rule = (
  args: readonly (readonly Accuracy[])[],
  line: number,
  op: Op,
  meets: readonly boolean[] | undefined,
) => readonly number[];

/**
 * Bounds for every value that the circuit accepts: against the reals that inputs were rounded from, or against the reals
 * that their integers stand for (`exact`).
 */
export function analyzeErrors(
  program: Program,
  ranges: readonly Intervals[],
  inputs: 'rounded' | 'exact' = 'rounded',
): ErrorBounds {
  return propagateErrors(program, ranges, (args, line, op, meets) =>
    op.port?.input && inputs === 'exact'
      ? ranges[line]!.map(() => 0)
      : op.error(args, callOf(program, program.lines[line]!), meets),
  );
}

/** Bounds for a prover who computes what the hints say, on inputs that are rounded reals, or exact. */
export function analyzeHonestErrors(
  program: Program,
  ranges: readonly Intervals[],
  inputs: 'rounded' | 'exact',
): ErrorBounds {
  return propagateErrors(program, ranges, (args, line, op, meets) => {
    if (op.port?.input && inputs === 'exact') return ranges[line]!.map(() => 0);
    const call = callOf(program, program.lines[line]!);
    return op.choice ? op.choice.honestError(args, call) : op.error(args, call, meets);
  });
}

/** Applies a rule to every line, from the bounds of its arguments. */
export function propagateErrors(
  program: Program,
  ranges: readonly Intervals[],
  rule: Rule,
): ErrorBounds {
  const errors: (readonly number[])[] = [];
  const meetsAt = meetsIn(program);
  program.lines.forEach((line, number) => {
    const args = accuracies(line, ranges, errors);
    errors.push(rule(args, number, findOp(line.op), meetsAt(number)));
  });
  return errors;
}

/** What is known of the arguments of a line. */
export function accuracies(
  line: Line,
  ranges: readonly Intervals[],
  errors: ErrorBounds,
): Accuracy[][] {
  return line.arguments.map((argument) =>
    ranges[argument]!.map((interval, element) => ({
      interval,
      error: errors[argument]![element]!,
    })),
  );
}

/** The largest bound of a line; 0 where it has no elements. */
export const largestError = (errors: readonly number[]): number =>
  errors.reduce((largest, error) => Math.max(largest, error), 0);
