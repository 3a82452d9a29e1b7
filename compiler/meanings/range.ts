// Range analysis: an interval of integers for every element of every line, from formats and structure. Mandatory: a program in
// which an interval reaches p/2 does not compile, because its integers would no longer be what they seem.
import { at, isLetheError, LetheError, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { callOf } from '../program/calls.ts';
import { isOpaque } from '../ir/format.ts';
import type { Line, Program } from '../ir/program.ts';
import { findOp } from '../ops/index.ts';
import type { Ranges } from '../ops/op.ts';
import { modulus } from '../numbers/field.ts';
import {
  interval,
  magnitude,
  renderInterval,
  type Interval,
  type Intervals,
} from '../numbers/interval.ts';
import { sizeOf } from '../ir/shape.ts';

/** Passes, lowering and reports ask for the ranges of one program. Programs are immutable, so a result cannot go stale. */
const known = new WeakMap<Program, readonly Intervals[]>();

/** The intervals of each line's elements, in row-major order. Throws a LetheError with all findings. */
export function analyzeRanges(program: Program): readonly Intervals[] {
  const before = known.get(program);
  if (before) return before;
  const ranges = deriveRanges(program);
  known.set(program, ranges);
  return ranges;
}

/** What the op of line `number` is told of its arguments and its result. */
export const rangesOf = (
  { lines }: { readonly lines: readonly Line[] },
  number: number,
  ranges: readonly Intervals[],
): Ranges => ({
  arguments: lines[number]!.arguments.map((argument) => ranges[argument]!),
  result: ranges[number]!,
});

function deriveRanges(program: Program): Intervals[] {
  const findings: Diagnostic[] = [];
  const ranges: Intervals[] = [];
  for (const line of program.lines) {
    const args = line.arguments.map((argument) => ranges[argument]!);
    let range: Intervals = new Array<Interval>(sizeOf(line.type.shape)).fill(interval(0n, 0n));
    try {
      range = at(line.where, () => findOp(line.op).range(args, callOf(program, line)));
    } catch (error) {
      if (!isLetheError(error)) throw error;
      findings.push(...error.diagnostics);
    }
    const wide = range.find((element) => magnitude(element) >= modulus >> 1n);
    if (wide && !isOpaque(line.type.format))
      findings.push({
        code: 'wraps-around',
        message: `${line.op} can reach ${renderInterval(wide)}, past half the field`,
        hint: 'rescale an operand first',
        ...(line.where ? { where: line.where } : {}),
      });
    ranges.push(range);
  }
  if (findings.length > 0) throw new LetheError(findings);
  return ranges;
}
