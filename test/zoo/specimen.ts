// A broken circuit, as an author could plausibly have written it, and the net that must catch it.
import { analyzeRanges, rangesOf } from '../../compiler/meanings/range.ts';
import { Arithmetizer } from '../../compiler/constraints/arithmetizer.ts';
import type { Expression } from '../../compiler/constraints/expression.ts';
import { Recorder } from '../../compiler/constraints/recorder.ts';
import { callOf } from '../../compiler/program/calls.ts';
import type { Program } from '../../compiler/ir/program.ts';
import type { LoweredProgram } from '../../compiler/meanings/circuit.ts';
import { findOp } from '../../compiler/ops/index.ts';
import type { Op } from '../../compiler/ops/op.ts';

export interface Specimen {
  /** The row of the catalogue of faults. */
  readonly row: number;
  readonly fault: string;
  /** The net that catches it, and the op that it points at. */
  readonly net: 'building' | 'determinism' | 'salt' | 'assumptions' | 'binding';
  readonly op: string;
  /** Throws a LetheError where building is the net. */
  readonly build: () => LoweredProgram;
}

/** Lowers a program with one op's lowering replaced by a broken one, written against the constraint interface. */
export function lowerWith(program: Program, op: string, broken: Op['lower']): LoweredProgram {
  const ranges = analyzeRanges(program);
  const recorder = new Recorder();
  const constraints = new Arithmetizer(recorder);
  const values: (readonly Expression[])[] = [];
  program.lines.forEach((line, number) => {
    constraints.line(number);
    const lower = line.op === op ? broken : findOp(line.op).lower;
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
