// Inputs where something is about to change: an assertion begins to refuse, a rounded value moves on. Found by bisection
// along one input element at a time, so that a mutant that is off by one meets an input that shows it.
import type { InputValues } from '../../constraints/witness.ts';
import { formatInterval, isOpaque } from '../../ir/format.ts';
import { inputsOf } from '../../program/ports.ts';
import type { Program } from '../../ir/program.ts';
import { sizeOf } from '../../ir/shape.ts';
import { evaluateFixed, type FixedRun } from '../../meanings/fixed.ts';
import { findOp } from '../../ops/index.ts';
import { speaks } from '../../ops/op.ts';
import { shuffled } from '../tamper/sample.ts';

/** Pairs of neighbouring inputs, one on either side of a change, at most `limit` pairs from one accepted input. */
export function boundaryInputs(
  program: Program,
  accepted: InputValues,
  { limit, seed }: { limit: number; seed: number },
): InputValues[] {
  const found: InputValues[] = [];
  for (const { name, element, end } of shuffled(directions(program), seed)) {
    if (found.length >= 2 * limit) break;
    const start = accepted.get(name)![element]!;
    const at = (value: bigint): InputValues =>
      new Map(accepted).set(name, accepted.get(name)!.with(element, value));
    const signs = signsOf(program, evaluateFixed(program, accepted));
    const far = signsOf(program, evaluateFixed(program, at(end)));
    // Of the signs that differ at the far end, one after the other.
    const differing = signs.flatMap((sign, i) => (sign === far[i] ? [] : [i]));
    for (const index of shuffled(differing, seed).slice(0, 2)) {
      const same = (value: bigint): boolean =>
        signsOf(program, evaluateFixed(program, at(value)))[index] === signs[index];
      found.push(...neighbours(start, end, same).map(at));
    }
  }
  return found;
}

/** The last value on the way that is the same, and the first that is not. */
function neighbours(start: bigint, end: bigint, same: (value: bigint) => boolean): bigint[] {
  let [inside, outside] = [start, end];
  const distance = (): bigint => (outside > inside ? outside - inside : inside - outside);
  while (distance() > 1n) {
    const middle = (inside + outside) >> 1n;
    if (same(middle)) inside = middle;
    else outside = middle;
  }
  return [inside, outside];
}

interface Direction {
  readonly name: string;
  readonly element: number;
  readonly end: bigint;
}

/** Every element of the numeric inputs, towards both ends of its format. */
function directions(program: Program): Direction[] {
  return inputsOf(program).flatMap(({ name, type }) => {
    if (isOpaque(type.format)) return [];
    const { low, high } = formatInterval(type.format);
    return Array.from({ length: sizeOf(type.shape) }, (_, element) =>
      [low, high].map((end) => ({ name, element, end })),
    ).flat();
  });
}

/** What can change: whether an assertion holds, and which values lines that assert something have. */
function signsOf(program: Program, { values, findings }: FixedRun): string[] {
  const signs = [`${findings.length > 0}`];
  program.lines.forEach((line, number) => {
    const op = findOp(line.op);
    if (!speaks(op) || op.choice) return;
    for (let element = 0; element < sizeOf(line.type.shape); element++)
      signs.push(`${values[number]?.[element]}`);
  });
  return signs;
}
