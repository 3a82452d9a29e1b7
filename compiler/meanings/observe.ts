// The shadow run: a program evaluated in float64 and in fixed point side by side, line by line.
import type { BoundInputs } from '../inputs/bind.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { fractionOf, isOpaque } from '../ir/format.ts';
import type { Program } from '../ir/program.ts';
import { hull, interval, type Interval } from '../numbers/interval.ts';
import { toReal } from '../numbers/rounding.ts';
import { evaluateFixed, type FixedRun } from './fixed.ts';
import { evaluateReal } from './real.ts';

/** What the elements of one line did on given inputs. */
export interface Observation {
  /** The smallest and the largest integer. */
  readonly range: Interval;
  /** The largest |fixed · 2^−fraction − real|, in real units. */
  readonly error: number;
}

export interface ShadowRun {
  /** The integers of every line; undefined where there are none. */
  readonly values: FixedRun['values'];
  /** The float64 values of every line. */
  readonly reals: readonly Float64Array[];
  /** Undefined for opaque values, effects, and lines that have no value on these inputs. */
  readonly lines: readonly (Observation | undefined)[];
  /** Assertions that fail, and values that do not exist. */
  readonly findings: readonly Diagnostic[];
}

export function observe(program: Program, inputs: BoundInputs): ShadowRun {
  const { values, findings } = evaluateFixed(program, inputs.fixed);
  const reals = evaluateReal(program, inputs.real);
  const lines = program.lines.map(({ type }, line): Observation | undefined => {
    const integers = values[line];
    if (!integers || integers.length === 0 || isOpaque(type.format)) return undefined;
    const fraction = fractionOf(type.format);
    let error = 0;
    integers.forEach((integer, element) => {
      error = Math.max(error, Math.abs(toReal(integer, fraction) - reals[line]![element]!));
    });
    return { range: integers.map((x) => interval(x, x)).reduce((a, b) => hull(a, b)), error };
  });
  return { values, reals, lines, findings };
}
