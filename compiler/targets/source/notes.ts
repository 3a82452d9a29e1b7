// What lethe derived of each line, for a comment beside it.
import { analyzeErrors, largestError } from '../../meanings/error.ts';
import { rowsByLine } from '../../constraints/rows.ts';
import { fractionOf, isOpaque } from '../../ir/format.ts';
import { renderType } from '../../ir/program.ts';
import type { LoweredProgram } from '../../meanings/circuit.ts';
import { hull, type Interval } from '../../numbers/interval.ts';
import { toReal } from '../../numbers/rounding.ts';
import { findOp } from '../../ops/index.ts';

/** `q24.20[2,4] in [-8, 8], error 3.1e-5, 24 rows`, for every line; of an effect the rows alone. */
export function lineNotes({ program, ranges, system }: LoweredProgram): string[] {
  const errors = analyzeErrors(program, ranges);
  const rows = rowsByLine(system);
  return program.lines.map(({ op, type }, line) => {
    const facts: string[] = [];
    if (!findOp(op).effect && isOpaque(type.format)) facts.push(renderType(type));
    else if (!findOp(op).effect) {
      const range = realRange(hull(...ranges[line]!), fractionOf(type.format));
      facts.push(`${renderType(type)} in ${range}`, errorNote(largestError(errors[line]!)));
    }
    const cost = Math.round((rows.get(line) ?? 0) * 100) / 100;
    if (cost > 0) facts.push(`${cost} ${cost === 1 ? 'row' : 'rows'}`);
    return facts.filter((fact) => fact !== '').join(', ');
  });
}

function errorNote(error: number): string {
  if (error === 0) return 'exact';
  return Number.isFinite(error) ? `error ${error.toExponential(1)}` : 'error unbounded';
}

const realRange = ({ low, high }: Interval, fraction: number): string =>
  `[${outward(toReal(low, fraction), Math.floor)}, ${outward(toReal(high, fraction), Math.ceil)}]`;

/** Four digits, rounded away from the inside. */
function outward(x: number, round: (x: number) => number): number {
  if (x === 0 || !Number.isFinite(x)) return x;
  const unit = 10 ** (Math.floor(Math.log10(Math.abs(x))) - 3);
  return Number((round(x / unit) * unit).toPrecision(4));
}
