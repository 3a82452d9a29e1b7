// What `inspect` knows of every line of a circuit, for text, JSON and the page alike.
import { decisionMargins } from '../analyses/decisions.ts';
import { analyzeErrors, largestError } from '../meanings/error.ts';
import { rowsByLine } from '../constraints/rows.ts';
import type { SourceLine } from '../diagnostics/diagnostic.ts';
import { fractionOf, isOpaque } from '../ir/format.ts';
import { nameOf, printLine } from '../program/print.ts';
import { toReal } from '../numbers/rounding.ts';
import { callOf } from '../program/calls.ts';
import type { Line, Program } from '../ir/program.ts';
import { findOp } from '../ops/index.ts';
import type { LoweredProgram } from '../meanings/circuit.ts';
import type { Observation, ShadowRun } from '../meanings/observe.ts';
import { hull, type Interval, type Intervals } from '../numbers/interval.ts';
import { declaredInput, declaredOutput } from '../program/ports.ts';

export interface LineReport {
  readonly number: number;
  readonly op: string;
  /** The input's name, or the op. */
  readonly label: string;
  readonly text: string;
  readonly rows: number;
  /** Fractional bits of the integers. */
  readonly fraction: number;
  /** Derived; absent for opaque values and effects. */
  readonly range?: Interval;
  /** Derived bound on |fixed − real|; Infinity where there is none. */
  readonly error?: number;
  /** For a decision: how far from the tie, in real units, the real one can be another. Absent where it never is. */
  readonly margin?: number;
  /** How far its constants are from what was written. */
  readonly rounded?: RoundingReport;
  /** The equation that defines the value. */
  readonly formula?: string;
  /** Seen in the shadow run, where there was one. */
  readonly observed?: Observation;
  readonly where?: SourceLine;
}

/** The largest distances among the constants of a line. */
export interface RoundingReport {
  /** In real units, and as a part of the number as written. */
  readonly distance: number;
  readonly relative: number;
  /** In the error bound. */
  readonly counted: boolean;
}

function roundingOf(program: Program, line: Line): RoundingReport | undefined {
  const rounded = findOp(line.op).precision?.rounded?.(callOf(program, line));
  if (!rounded) return undefined;
  const { written, distances, counted } = rounded;
  const relative = distances.map((distance, i) =>
    distance === 0 ? 0 : distance / Math.abs(written[i]!),
  );
  return { distance: largestError(distances), relative: largestError(relative), counted };
}

/** `rounded by 9.8e-6 (0.098 %), counted`. */
export const renderRounding = ({ distance, relative, counted }: RoundingReport): string =>
  `rounded by ${renderError(distance)} (${Number((100 * relative).toPrecision(2))} %)${counted ? ', counted' : ''}`;

export function reportLines(circuit: LoweredProgram, shadow?: ShadowRun): LineReport[] {
  const { program, ranges, system } = circuit;
  const rows = rowsByLine(system);
  const errors = analyzeErrors(program, ranges);
  const margins = decisionMargins(program, ranges, errors);
  return program.lines.map((line, number) => {
    const { op, where, arguments: args } = line;
    // An output has the range and the error of what is exposed.
    const subject = declaredOutput(line) === undefined ? number : args[0]!;
    const shown = program.lines[subject]!.type;
    const numeric = ranges[subject]!.length > 0 && !isOpaque(shown.format);
    const observed = shadow?.lines[subject];
    const rounded = roundingOf(program, line);
    return {
      number,
      op,
      label: declaredInput(line)?.name ?? op,
      text: printLine(program, number),
      rows: rows.get(number) ?? 0,
      fraction: fractionOf(shown.format),
      ...(numeric
        ? { range: hull(...ranges[subject]!), error: largestError(errors[subject]!) }
        : {}),
      ...(margins[subject] ? { margin: margins[subject] } : {}),
      ...(rounded ? { rounded } : {}),
      ...formulaOf(program, number, ranges),
      ...(observed ? { observed } : {}),
      ...(where ? { where } : {}),
    };
  });
}

/** The equation that defines a line's value. Scalars that have one value are called by it. */
function formulaOf(
  program: Program,
  number: number,
  ranges: readonly Intervals[],
): { readonly formula?: string } {
  const line = program.lines[number]!;
  const { formula } = findOp(line.op);
  if (!formula) return {};
  const operands = line.arguments.map((argument) => {
    const [known, another] = ranges[argument]!;
    if (another || known!.low !== known!.high) return nameOf(program, argument);
    return `${toReal(known!.low, fractionOf(program.lines[argument]!.type.format))}`;
  });
  return { formula: formula(operands, callOf(program, line)) };
}

/** Two digits are enough of an error. */
export const renderError = (error: number): string =>
  error === 0 ? '0' : Number.isFinite(error) ? error.toExponential(1) : 'unbounded';
