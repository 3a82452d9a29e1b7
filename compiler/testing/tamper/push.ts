// One value is pushed away from what an honest prover chooses, as far as the constraints allow: to where its bound ends and
// past it, to the ends of its format, to the other roots of what it must obey, alone and together with the values of its
// line, by powers of two and then by halves.
import { toReal } from '../../numbers/rounding.ts';
import { isBeyond } from '../near-reals.ts';
import { writing, type Choice } from './choice.ts';
import type { Direction } from './directions.ts';
import type { Overrides } from './resolver.ts';

/** What a push asks of the circuit. `T` is what is wrong with a witness. */
export interface Target<T> {
  readonly honest: readonly bigint[];
  /** An accepted witness with these values, others changed with them if `repair`; undefined where none is found. */
  reach(overrides: Overrides, repair: boolean): readonly bigint[] | undefined;
  judge(witness: readonly bigint[]): T | undefined;
  /** The budget of this value is used up. */
  spent(): boolean;
  /** What the value means, and how far from it may be accepted. */
  readonly real: number;
  readonly bound: number;
  readonly directions: readonly Direction[];
  readonly mirrors: readonly bigint[];
}

export interface Push<T> {
  /** What is wrong with the first witness that is accepted although it should not be. */
  readonly found: T | undefined;
  /** The least and the greatest value that was accepted. */
  readonly least: Accepted;
  readonly greatest: Accepted;
}

interface Accepted {
  readonly value: bigint;
  readonly witness: readonly bigint[];
}

export function push<T>(choice: Choice, target: Target<T>): Push<T> {
  const { honest, format } = choice;
  let least: Accepted = { value: honest, witness: target.honest };
  let greatest = least;
  let found: T | undefined;
  const over = (): boolean => found !== undefined || target.spent();
  const reach = (moved: Moved | undefined, repair: boolean): readonly bigint[] | undefined => {
    const witness = moved && target.reach(moved.overrides, repair);
    if (!moved || !witness) return undefined;
    const accepted = { value: moved.value, witness };
    if (accepted.value < least.value) least = accepted;
    if (accepted.value > greatest.value) greatest = accepted;
    return witness;
  };
  const jumps = [...outside(choice, target), format.high, format.low, ...target.mirrors];
  for (const value of new Set([...jumps, -honest, 0n])) {
    if (over()) break;
    const witness = reach(alone(choice, value), true);
    if (witness) found = target.judge(witness);
  }
  for (const line of linesOf(choice, target.directions)) {
    if (over()) break;
    const witness = search((steps) => reach(line(steps), false), target.spent);
    if (witness) found = target.judge(witness);
  }
  return { found, least, greatest };
}

interface Moved {
  readonly overrides: Overrides;
  readonly value: bigint;
}

/** What to write that many steps away; undefined past an end. */
type Along = (steps: bigint) => Moved | undefined;

function linesOf(choice: Choice, directions: readonly Direction[]): Along[] {
  const signs = [1n, -1n];
  return [
    ...directions.flatMap((direction) =>
      signs.map(
        (sign): Along =>
          (steps) =>
            together(choice, direction, sign * steps),
      ),
    ),
    ...signs.map(
      (sign): Along =>
        (steps) =>
          alone(choice, choice.honest + sign * steps),
    ),
  ];
}

function alone(choice: Choice, value: bigint): Moved | undefined {
  const { honest, format } = choice;
  const inside = value !== honest && value >= format.low && value <= format.high;
  const overrides = inside ? writing(choice, value) : undefined;
  return overrides && { overrides, value };
}

/** All values of the line move; others that would leave their format stay at its end. */
function together(choice: Choice, direction: Direction, steps: bigint): Moved | undefined {
  const overrides = new Map<number, bigint>();
  let value = choice.honest;
  for (const [each, part] of direction) {
    const { low, high } = each.format;
    const wanted = each.honest + BigInt(Math.round(Number(steps) * part));
    const moved = wanted < low ? low : wanted > high ? high : wanted;
    if (each === choice && moved !== wanted) return undefined;
    writing(each, moved)?.forEach((digit, variable) => overrides.set(variable, digit));
    if (each === choice) value = moved;
  }
  return { overrides, value };
}

/** The nearest values beyond the bound, above and below. */
function outside({ fraction }: Choice, { real, bound }: Target<unknown>): bigint[] {
  if (!Number.isFinite(real) || !Number.isFinite(bound)) return [];
  return [1, -1].flatMap((sign) => {
    const edge = BigInt(Math.trunc((real + sign * bound) * 2 ** fraction));
    const near = [0n, 1n, 2n].map((k) => edge + BigInt(sign) * k);
    return near.find((x) => isBeyond(Math.abs(toReal(x, fraction) - real), bound)) ?? [];
  });
}

/** The farthest of steps 1, 2, 4, … until one is refused, and of halves between the last that was not and it. */
function search<W>(accepts: (steps: bigint) => W | undefined, over: () => boolean): W | undefined {
  let [inside, next] = [0n, 1n];
  let farthest: W | undefined;
  let refused: bigint | undefined;
  while (!over() && next > inside && next !== refused) {
    const accepted = accepts(next);
    if (accepted === undefined) refused = next;
    else [inside, farthest] = [next, accepted];
    next = refused === undefined ? 2n * inside : (inside + refused) >> 1n;
  }
  return farthest;
}
