// Range analysis: an interval of integers for every line, from formats and structure. Mandatory: a program in
// which an interval reaches p/2 does not compile, because its integers would no longer be what they seem.
import { at, isLetheError, LetheError, type Diagnostic } from '../diagnostics/diagnostic.ts';
import { callOf } from '../ir/calls.ts';
import { isOpaque } from '../ir/format.ts';
import type { Program } from '../ir/program.ts';
import { findOp } from '../ops/index.ts';
import { modulus } from '../numbers/field.ts';
import { interval, magnitude, renderInterval, type Interval } from '../numbers/interval.ts';

/** The interval of each line's integers. Throws a LetheError with all findings. */
export function analyzeRanges(program: Program): Interval[] {
  const findings: Diagnostic[] = [];
  const ranges: Interval[] = [];
  for (const line of program.lines) {
    const args = line.arguments.map((argument) => ranges[argument]!);
    let range = interval(0n, 0n);
    try {
      range = at(line.where, () => findOp(line.op).range(args, callOf(program, line)));
    } catch (error) {
      if (!isLetheError(error)) throw error;
      findings.push(...error.diagnostics);
    }
    if (!isOpaque(line.type.format) && magnitude(range) >= modulus >> 1n)
      findings.push({
        code: 'wraps-around',
        message: `${line.op} can reach ${renderInterval(range)}, past half the field`,
        hint: 'rescale an operand first',
        ...(line.where ? { where: line.where } : {}),
      });
    ranges.push(range);
  }
  if (findings.length > 0) throw new LetheError(findings);
  return ranges;
}
