// Repairs all failing assertions at once: each gets an input element of its own, and all follow their secants side by side. Assertions on
// values that are computed element by element take a few trials, however long the tensors are.
import type { InputValues } from '../../constraints/witness.ts';
import { clamp } from '../../numbers/interval.ts';
import { targetIn } from './approach.ts';
import { valueOf, type Slot } from './axes.ts';
import type { Influence } from './influence.ts';
import { isMet, meritAt, type Landscape, type Miss, type Trial } from './landscape.ts';
import type { Search } from './proposals.ts';
import type { Random } from './random.ts';

/** A condition, and the element that is to meet it: the last two places, with how much the value was above the target. */
interface Pair {
  readonly miss: Miss;
  readonly slot: Slot;
  readonly target: bigint;
  before: Point;
  now: Point;
}

interface Point {
  readonly x: bigint;
  readonly off: bigint;
}

const rounds = 16;

/** The trial with the least merit. */
export function sweep(search: Search, start: Trial): Trial {
  const { landscape, influence, random, isOver } = search;
  const pairs = pairUp(start, influence, random);
  let [trial, best] = [start, start];
  for (let round = 0; round < rounds && best.merit > 0 && !isOver(); round++) {
    const moves = new Map<Slot, bigint>();
    for (const { miss, slot, before, now } of pairs) {
      const condition = trial.conditions[miss.line]?.[miss.element];
      if (!condition || isMet(condition)) continue;
      const x = round === 0 ? first(slot, now.x, random) : next(before, now, round);
      moves.set(slot, clamp(x, slot.bounds));
    }
    trial = landscape.moved(trial, written(trial.inputs, moves));
    if (trial.merit < best.merit) best = trial;
    for (const pair of pairs) {
      const { miss, slot, target, now } = pair;
      const condition = trial.conditions[miss.line]?.[miss.element];
      const x = moves.get(slot);
      if (!condition || x === undefined) continue;
      const point = { x, off: condition.value - target };
      // The two places lie on both sides of the target where they can; else they are the last two.
      if (point.off < 0n === now.off < 0n && point.off < 0n !== pair.before.off < 0n)
        pair.now = point;
      else [pair.before, pair.now] = [now, point];
    }
  }
  return best.merit === 0 ? best : mixed(landscape, influence, { start, end: trial, best }, pairs);
}

/** Each element keeps its move only where the conditions that it moves get better: separate elements are judged apart. */
function mixed(
  landscape: Landscape,
  influence: Influence,
  { start, end, best }: Readonly<Record<'start' | 'end' | 'best', Trial>>,
  pairs: readonly Pair[],
): Trial {
  const moves = new Map<Slot, bigint>();
  for (const { slot } of pairs) {
    const places = influence.movedBy(slot);
    if (places.length > mostPlaces) return best;
    if (meritAt(end, places) < meritAt(start, places)) moves.set(slot, valueOf(end.inputs, slot));
  }
  if (moves.size === 0 || moves.size === pairs.length) return best;
  const mix = landscape.moved(start, written(start.inputs, moves));
  return mix.merit < best.merit ? mix : best;
}

/** An element that moves more conditions is not separate from others. The same is true of a condition of more elements. */
const mostPlaces = 12;

function pairUp(trial: Trial, influence: Influence, random: Random): Pair[] {
  const taken = new Set<Slot>();
  const misses = trial.misses.flat();
  return random.some(misses, misses.length).flatMap((miss): Pair[] => {
    const slots = influence.of(miss);
    // Two elements of one condition that move at once would mistake each other's effect for their own.
    const isFew = slots.length <= mostPlaces;
    if (isFew && slots.some((each) => taken.has(each))) return [];
    const slot = random.some(slots, mostPlaces).find((each) => !taken.has(each));
    const condition = trial.conditions[miss.line]?.[miss.element];
    if (!slot || !condition) return [];
    taken.add(slot);
    const target = targetIn(condition.bounds, condition.value, random);
    const now = { x: valueOf(trial.inputs, slot), off: condition.value - target };
    return [{ miss, slot, target, before: now, now }];
  });
}

const first = ({ bounds }: Slot, x: bigint, random: Random): bigint =>
  random.chance(0.5) ? random.integer(bounds) : random.near(x, bounds);

/** Where the line through two points is 0. Every other time the middle, where 0 lies between them or the line says nothing. */
function next(a: Point, b: Point, round: number): bigint {
  const isBetween = a.off < 0n !== b.off < 0n;
  if (a.off === b.off || (isBetween && round % 2 === 0)) return (a.x + b.x) >> 1n;
  return a.x - (a.off * (b.x - a.x)) / (b.off - a.off);
}

function written(inputs: InputValues, moves: ReadonlyMap<Slot, bigint>): InputValues {
  const tensors = new Map<string, bigint[]>();
  moves.forEach((x, { name, element }) => {
    const own = tensors.get(name) ?? [...inputs.get(name)!];
    own[element] = x;
    tensors.set(name, own);
  });
  return tensors;
}
