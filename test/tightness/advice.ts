// A prover who chooses: each element of declared advice in turn goes as far from the hint's value as the assertions after it accept, and
// each root as far as its tolerance accepts.
import { callOf } from '../../compiler/program/calls.ts';
import type { Line, Program } from '../../compiler/ir/program.ts';
import { formatInterval } from '../../compiler/ir/format.ts';
import { findOp } from '../../compiler/ops/index.ts';

type Values = readonly (readonly bigint[])[];

/** The honest values of a program with the declared advice moved, and what is computed from it. */
export function pushAdvice(program: Program, honest: Values): Values {
  return program.lines.reduce<Values>((values, { op, attributes }, line) => {
    const declared = op === 'advice' && attributes['within'] !== undefined;
    return declared || op === 'near-root' ? pushLine(program, line, values) : values;
  }, honest);
}

function pushLine(program: Program, line: number, start: Values): Values {
  const after = dependents(program, line);
  const { low, high } = formatInterval(program.lines[line]!.type.format);
  let values = start;
  start[line]!.forEach((value, element) => {
    const away = value < 0n ? -1n : 1n;
    const moved = (steps: bigint): Values | undefined => {
      const wanted = value + away * steps;
      const own = values[line]!.with(element, wanted);
      if (wanted < low || wanted > high || !isAdmitted(program, line, values, own))
        return undefined;
      return evaluated(program, after, values.with(line, own));
    };
    values = farthest(moved) ?? values;
  });
  return values;
}

function isAdmitted(
  program: Program,
  number: number,
  values: Values,
  own: readonly bigint[],
): boolean {
  const line = program.lines[number]!;
  const args = line.arguments.map((argument) => values[argument]!);
  try {
    findOp(line.op).choice!.admits(own, args, callOf(program, line));
    return true;
  } catch {
    return false;
  }
}

/** The lines that use a line, and those that use them. */
function dependents(program: Program, line: number): readonly [number, Line][] {
  const reached = new Set([line]);
  return [...program.lines.entries()].filter(([i, { arguments: args }]) => {
    const uses = args.some((argument) => reached.has(argument));
    if (uses) reached.add(i);
    return uses;
  });
}

/** The lines computed anew; undefined where one of them refuses. */
function evaluated(
  program: Program,
  lines: readonly [number, Line][],
  known: Values,
): Values | undefined {
  const values = [...known];
  try {
    for (const [i, line] of lines) {
      const args = line.arguments.map((argument) => values[argument]!);
      values[i] = findOp(line.op).fixed(args, callOf(program, line));
    }
    return values;
  } catch {
    return undefined;
  }
}

/** What is made of the most steps that are accepted: 1, 2, 4, … until one is refused, then halves. */
function farthest<T>(at: (steps: bigint) => T | undefined): T | undefined {
  let [inside, refused] = [0n, 1n];
  let found: T | undefined;
  for (let next = at(refused); next !== undefined; next = at(refused)) {
    [inside, found] = [refused, next];
    refused *= 2n;
  }
  while (refused - inside > 1n) {
    const middle = (inside + refused) / 2n;
    const next = at(middle);
    if (next === undefined) refused = middle;
    else [inside, found] = [middle, next];
  }
  return found;
}
