// A prover who uses his freedom: in place of the nearest solution of a `solve` he takes one whose residuals go to the
// end of the tolerance, because the error bound is a promise about everything that is accepted.
import type { InputValues } from '../../compiler/constraints/witness.ts';
import { formatInterval, fractionOf } from '../../compiler/ir/format.ts';
import { callOf } from '../../compiler/ir/calls.ts';
import type { Line, Program } from '../../compiler/ir/program.ts';
import { solveDense } from '../../compiler/numbers/linear-system.ts';
import { toReal } from '../../compiler/numbers/rounding.ts';
import { findOp } from '../../compiler/ops/index.ts';

/** The integers of every line; undefined where an honest prover would already be refused. */
export function evaluateAdversary(
  program: Program,
  inputs: InputValues,
): (readonly bigint[])[] | undefined {
  const values: (readonly bigint[])[] = [];
  for (const line of program.lines) {
    const op = findOp(line.op);
    const input = op.input?.(line.attributes);
    const args = line.arguments.map((argument) => values[argument]!);
    if (input) values.push(inputs.get(input.name)!);
    else {
      const honest = fixedOf(program, line, args);
      if (!honest) return undefined;
      values.push(line.op === 'solve' ? pushed(program, line, args, honest) : honest);
    }
  }
  return values;
}

function fixedOf(program: Program, line: Line, args: readonly (readonly bigint[])[]) {
  try {
    return findOp(line.op).fixed(args, callOf(program, line));
  } catch {
    return undefined;
  }
}

/** The honest solution moved along the residual that pushes every free entry away from zero. */
function pushed(
  program: Program,
  line: Line,
  [matrix, , pinned]: readonly (readonly bigint[])[],
  honest: readonly bigint[],
): bigint[] {
  const n = line.type.shape.at(-1)!;
  const fraction = fractionOf(callOf(program, line).arguments[0]!.format);
  const tolerance = line.attributes['tolerance'] as bigint;
  const { low, high } = formatInterval(line.type.format);
  return Array.from({ length: honest.length / n }, (_, s) => {
    const rows = Array.from({ length: n }, (_, i) =>
      matrix!.slice((s * n + i) * n, (s * n + i + 1) * n),
    );
    const own = honest.slice(s * n, (s + 1) * n);
    const free = own.flatMap((_, i) => (pinned![s * n + i] === 1n ? [] : [i]));
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
