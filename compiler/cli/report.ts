// What `inspect` knows of every line of a circuit, for text, JSON and the page alike.
import { analyzeErrors, largestError } from '../analyses/error.ts';
import { rowsByLine } from '../constraints/rows.ts';
import type { SourceLine } from '../diagnostics/diagnostic.ts';
import { fractionOf, isOpaque } from '../ir/format.ts';
import { printLine } from '../ir/print.ts';
import type { LoweredProgram } from '../meanings/circuit.ts';
import type { Observation, ShadowRun } from '../meanings/observe.ts';
import { hull, type Interval } from '../numbers/interval.ts';
import { findOp } from '../ops/index.ts';

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
  /** Seen in the shadow run, where there was one. */
  readonly observed?: Observation;
  readonly where?: SourceLine;
}

export function reportLines(circuit: LoweredProgram, shadow?: ShadowRun): LineReport[] {
  const { program, ranges, system } = circuit;
  const rows = rowsByLine(system);
  const errors = analyzeErrors(program, ranges);
  return program.lines.map(({ op, type, where, attributes }, number) => {
    const numeric = !findOp(op).effect && !isOpaque(type.format);
    const observed = shadow?.lines[number];
    return {
      number,
      op,
      label: findOp(op).input?.(attributes).name ?? op,
      text: printLine(program, number),
      rows: rows.get(number) ?? 0,
      fraction: fractionOf(type.format),
      ...(numeric ? { range: hull(...ranges[number]!), error: largestError(errors[number]!) } : {}),
      ...(observed ? { observed } : {}),
      ...(where ? { where } : {}),
    };
  });
}

/** Two digits are enough of an error. */
export const renderError = (error: number): string =>
  error === 0 ? '0' : Number.isFinite(error) ? error.toExponential(1) : 'unbounded';
