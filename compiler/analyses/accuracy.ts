// Accuracy: the derived error bounds against the targets that the author demands.
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Program } from '../ir/program.ts';
import { describeLine } from '../program/print.ts';
import { findOp } from '../ops/index.ts';
import { largestError, type ErrorBounds } from '../meanings/error.ts';

/** A demand on the accuracy of a value. */
export interface Demand {
  /** The line that demands it. */
  readonly line: number;
  /** The largest derived bound of the value's elements; Infinity where nothing ties one to the reals. */
  readonly error: number;
  readonly target: number;
}

export function accuracyDemands(program: Program, errors: ErrorBounds): Demand[] {
  return program.lines.flatMap(({ op, arguments: args, attributes }, line) => {
    const target = findOp(op).precision?.target?.(attributes);
    return target === undefined ? [] : [{ line, error: largestError(errors[args[0]!]!), target }];
  });
}

export const isMet = ({ error, target }: Demand): boolean => error <= target;

export function findInaccuracies(program: Program, errors: ErrorBounds): Diagnostic[] {
  return accuracyDemands(program, errors)
    .filter((demand) => !isMet(demand))
    .map(({ line, error, target }) => {
      const { where, arguments: args } = program.lines[line]!;
      return {
        code: 'inaccurate',
        message: `the error of \`${describeLine(program, args[0]!)}\` ${Number.isFinite(error) ? `can reach ${error.toExponential(1)}` : 'has no bound'}, past the target ${target}`,
        hint: Number.isFinite(error)
          ? 'give what it is computed from more fractional bits; `lethe inspect` shows where the error grows'
          : 'nothing ties it to the reals: it depends on advice, or on a choice by a value that is rounded',
        ...(where ? { where } : {}),
      };
    });
}
