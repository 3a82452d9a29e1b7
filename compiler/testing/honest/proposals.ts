// Ways to make one assertion hold: elements moved alone, exchanged, put in order, filled in; where none of these helps, two moved against each
// other, and a tensor scaled down.
import { approach } from './approach.ts';
import {
  elementAxis,
  fillAxis,
  ordered,
  scaleAxis,
  swapped,
  transferAxis,
  type Axis,
  type Slot,
} from './axes.ts';
import type { Influence } from './influence.ts';
import type { Landscape, Miss, Trial } from './landscape.ts';
import type { Random } from './random.ts';

export interface Search {
  readonly landscape: Landscape;
  readonly influence: Influence;
  readonly random: Random;
  /** True when the search has to end. */
  readonly isOver: () => boolean;
}

export interface Proposals {
  /** The trial with the least merit. */
  readonly best?: Trial | undefined;
  /** One in which the assertion holds. */
  readonly met?: Trial | undefined;
}

const [mostElements, mostSwaps, mostTransfers] = [6, 4, 2];

export function proposals(search: Search, trial: Trial, miss: Miss): Proposals {
  const { landscape, influence, random, isOver } = search;
  const { inputs } = trial;
  const slots = influence.of(miss);
  if (slots.length === 0) return {};
  const chosen = random.some(slots, mostElements);
  let best: Trial | undefined;
  const met: Trial[] = [];
  const take = (each: Trial): void => {
    if (!best || each.merit < best.merit) best = each;
  };
  const along = (axis: Axis): void => {
    if (isOver()) return;
    const found = approach(landscape, trial, miss, axis, random);
    if (found.best) take(found.best);
    if (found.met) met.push(found.met);
  };
  const result = (): Proposals => ({ best, met: met.length > 0 ? random.pick(met) : undefined });

  for (const slot of chosen) along(elementAxis(inputs, slot));
  for (const [slot, other] of couples(mostSwaps)) {
    const changes = swapped(inputs, slot, other);
    if (changes) take(landscape.moved(trial, changes));
  }
  const { name, bounds } = random.pick(chosen);
  const alike = slots.filter((slot) => slot.name === name);
  if (alike.length > 2) {
    if (bounds.high - bounds.low === 1n) fill(alike);
    for (const changes of ordered(inputs, name)) take(landscape.moved(trial, changes));
  }
  // A tensor that is scaled down meets much at once, but by zeros: this comes last.
  if (best && best.merit < trial.merit) return result();
  for (const [slot, other] of couples(mostTransfers)) along(transferAxis(inputs, slot, other));
  along(scaleAxis(inputs, random.pick(chosen)));
  return result();

  /** A chosen element, and another one of the same tensor. */
  function couples(count: number): [Slot, number][] {
    return Array.from({ length: count }, (): [Slot, number] => {
      const slot = random.pick(chosen);
      return [slot, random.below(inputs.get(slot.name)!.length)];
    }).filter(([slot, other]) => slot.element !== other);
  }

  /** Turns bits on, or off, until a sum of them is right. */
  function fill(bits: readonly Slot[]): void {
    for (const value of [0n, 1n]) {
      const wrong = bits.filter(({ name, element }) => inputs.get(name)![element] !== value);
      if (wrong.length > 0) along(fillAxis(inputs, random.some(wrong, wrong.length), value));
    }
  }
}
