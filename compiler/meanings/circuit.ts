// The circuit meaning: every line of a program, lowered through its op to constraints and recorded.
import { analyzeRanges, rangesOf } from './range.ts';
import { at } from '../diagnostics/diagnostic.ts';
import { callOf } from '../program/calls.ts';
import type { Program } from '../ir/program.ts';
import { findOp } from '../ops/index.ts';
import type { Intervals } from '../numbers/interval.ts';
import { Arithmetizer } from '../constraints/arithmetizer.ts';
import type { Expression } from '../constraints/expression.ts';
import { Recorder } from '../constraints/recorder.ts';
import type { ConstraintSystem } from '../constraints/system.ts';

export interface LoweredProgram {
  readonly program: Program;
  /** The intervals of the elements of each line. */
  readonly ranges: readonly Intervals[];
  readonly system: ConstraintSystem;
  /** Where the elements of each line's value live in the circuit. */
  readonly values: readonly (readonly Expression[])[];
}

/** Throws a LetheError where ranges or widths make the circuit impossible. */
export function lower(program: Program): LoweredProgram {
  const ranges = analyzeRanges(program);
  const recorder = new Recorder();
  const constraints = new Arithmetizer(recorder);
  const values: (readonly Expression[])[] = [];
  program.lines.forEach((line, number) => {
    constraints.line(number);
    const args = line.arguments.map((argument) =>
      values[argument]!.map((e) => constraints.settled(e)),
    );
    values.push(
      at(line.where, () =>
        findOp(line.op).lower(
          args,
          callOf(program, line),
          constraints,
          rangesOf(program, number, ranges),
        ),
      ),
    );
  });
  constraints.finish();
  return { program, ranges, system: recorder.finish(), values };
}
