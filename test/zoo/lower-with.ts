// Lowers a program with one operation's lowering replaced.
import { Arithmetizer } from '../../compiler/constraints/arithmetizer.ts';
import type { Expression } from '../../compiler/constraints/expression.ts';
import { Recorder } from '../../compiler/constraints/recorder.ts';
import type { Program } from '../../compiler/ir/program.ts';
import type { LoweredProgram } from '../../compiler/meanings/circuit.ts';
import { analyzeRanges, rangesOf } from '../../compiler/meanings/range.ts';
import { findOp } from '../../compiler/ops/index.ts';
import type { Op } from '../../compiler/ops/op.ts';
import { callOf } from '../../compiler/program/calls.ts';

/** `replaced` is written against the constraint interface. */
export function lowerWith(program: Program, op: string, replaced: Op['lower']): LoweredProgram {
  const ranges = analyzeRanges(program);
  const recorder = new Recorder();
  const constraints = new Arithmetizer(recorder);
  const values: (readonly Expression[])[] = [];
  program.lines.forEach((line, number) => {
    constraints.line(number);
    const lower = line.op === op ? replaced : findOp(line.op).lower;
    values.push(
      lower(
        line.arguments.map((argument) => values[argument]!),
        callOf(program, line),
        constraints,
        rangesOf(program, number, ranges),
      ),
    );
  });
  constraints.finish();
  return { program, ranges, system: recorder.finish(), values };
}
