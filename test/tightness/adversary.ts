// A prover who uses his freedom: in place of the nearest solution of a `solve` he takes one whose residuals go to the
// end of the tolerance, and he moves declared advice as far as it is accepted. The error bound is a promise about all of that.
import type { InputValues } from '../../compiler/constraints/witness.ts';
import { formatInterval, fractionOf } from '../../compiler/ir/format.ts';
import { callOf } from '../../compiler/program/calls.ts';
import type { Line, Program } from '../../compiler/ir/program.ts';
import { solveDense } from '../../compiler/numbers/linear-system.ts';
import { sizeOf } from '../../compiler/ir/shape.ts';
import { toReal } from '../../compiler/numbers/rounding.ts';
import { findOp } from '../../compiler/ops/index.ts';
import { declaredInput } from '../../compiler/program/ports.ts';
import { pushAdvice } from './advice.ts';

/** The integers of every line; undefined where an honest prover would already be refused. */
export function evaluateAdversary(
  program: Program,
  inputs: InputValues,
): readonly (readonly bigint[])[] | undefined {
  const values: (readonly bigint[])[] = [];
  for (const line of program.lines) {
    const input = declaredInput(line);
    const args = line.arguments.map((argument) => values[argument]!);
    if (input) values.push(inputs.get(input.name)!);
    else {
      const honest = fixedOf(program, line, args);
      if (!honest) return undefined;
      const systems = systemsOf(program, line, args);
      values.push(systems ? pushed(systems, line, honest) : honest);
    }
  }
  return pushAdvice(program, values);
}

function fixedOf(program: Program, line: Line, args: readonly (readonly bigint[])[]) {
  try {
    return findOp(line.op).fixed(args, callOf(program, line));
  } catch {
    return undefined;
  }
}

interface Systems {
  /** Fractional bits of the matrices. */
  readonly fraction: number;
  /** Their rows, one system after the other. */
  readonly rows: readonly (readonly bigint[])[];
  readonly pinned: readonly bigint[];
}

/** The linear systems whose solution the line chooses, if it does. */
function systemsOf(
  program: Program,
  line: Line,
  [matrix, ...others]: readonly (readonly bigint[])[],
): Systems | undefined {
  const fraction = fractionOf(callOf(program, line).arguments[0]?.format ?? line.type.format);
  const n = line.type.shape.at(-1)!;
  const count = sizeOf(line.type.shape);
  if (line.op === 'solve') {
    const rows = Array.from({ length: count }, (_, row) => matrix!.slice(row * n, (row + 1) * n));
    return { fraction, rows, pinned: others[1]! };
  }
  if (line.op !== 'solve-gram') return undefined;
  const r = matrix!.length / count;
  const entry = (s: number, k: number, j: number) => matrix![(s * r + k) * n + j]!;
  const damping = line.attributes['damping'] as bigint;
  const rows = Array.from({ length: count }, (_, row) => {
    const [s, i] = [Math.floor(row / n), row % n];
    return Array.from({ length: n }, (_, j) => {
      let sum = i === j ? damping : 0n;
      for (let k = 0; k < r; k++) sum += entry(s, k, i) * entry(s, k, j);
      return sum;
    });
  });
  return { fraction: 2 * fraction, rows, pinned: others[0]! };
}

/** The honest solution moved along the residual that pushes every free entry away from zero. */
function pushed(
  { fraction, rows: all, pinned }: Systems,
  line: Line,
  honest: readonly bigint[],
): bigint[] {
  const n = line.type.shape.at(-1)!;
  const tolerance = line.attributes['tolerance'] as bigint;
  const { low, high } = formatInterval(line.type.format);
  return Array.from({ length: honest.length / n }, (_, s) => {
    const rows = all.slice(s * n, (s + 1) * n);
    const own = honest.slice(s * n, (s + 1) * n);
    const free = own.flatMap((_, i) => (pinned[s * n + i] === 1n ? [] : [i]));
    // What rounding the new solution can add to a residual.
    const slack = rows.map((row) => row.reduce((sum, a) => sum + (a < 0n ? -a : a), 1n));
    const push = free.map((i) => Number(tolerance - slack[i]!) * (own[i]! < 0n ? -1 : 1));
    const moved = solveDense(
      free.map((i) => free.map((j) => toReal(rows[i]![j]!, fraction))),
      push.map((r) => r / 2 ** fraction),
    );
    if (!moved || slack.some((each) => each >= tolerance)) return own;
    const result = [...own];
    free.forEach((i, k) => (result[i] = own[i]! + BigInt(Math.round(moved[k]!))));
    return result.every((x) => x >= low && x <= high) ? result : own;
  }).flat();
}
