// Which input elements can move which conditions. The elements of a tensor are numbered at random and told apart by the digits of their
// numbers: those with a digit of 1 are moved at once, then those with a 0, so that few trials tell of all elements. Where a condition
// depends on several, the digits fit other elements, too: another numbering, at other inputs, tells most of them apart.
import type { InputValues } from '../../constraints/witness.ts';
import { slotsOf, type Slot } from './axes.ts';
import type { Landscape, Place, Trial } from './landscape.ts';
import type { Search } from './proposals.ts';
import type { Random } from './random.ts';

/** The digits for which a condition was seen to move, one bit each. */
interface Digits {
  ones: number;
  zeros: number;
}

export class Influence {
  readonly #slots: readonly Slot[];
  /** Each tensor at each base: its elements by their numbers, and what was seen by line and element. */
  readonly #seen: {
    readonly name: string;
    readonly numbered: readonly Slot[];
    readonly moved: Map<string, Digits>;
  }[] = [];
  #moved: Map<Slot, Place[]> | undefined;
  readonly #known = new Map<string, readonly Slot[]>();

  /** `bases`: inputs at which elements are moved, until the search is over. */
  constructor(
    landscape: Landscape,
    bases: readonly InputValues[],
    { random, isOver }: Pick<Search, 'random' | 'isOver'>,
  ) {
    this.#slots = slotsOf(landscape.ports);
    for (const base of bases) {
      const trial = landscape.trial(base);
      for (const { name } of landscape.ports) {
        const own = this.#slots.filter((slot) => slot.name === name);
        const numbered = random.some(own, own.length);
        const moved = new Map<string, Digits>();
        for (let digit = 0; digit < digitsOf(own); digit++)
          for (const side of ['zeros', 'ones'] as const) {
            if (isOver()) return;
            const wanted = side === 'ones' ? 1 : 0;
            const chosen = numbered.filter((_, number) => ((number >> digit) & 1) === wanted);
            for (const key of differing(trial, move(landscape, trial, chosen, random))) {
              const known = moved.get(key) ?? { ones: 0, zeros: 0 };
              known[side] |= 1 << digit;
              moved.set(key, known);
            }
          }
        this.#seen.push({ name, numbered, moved });
      }
    }
  }

  /** The elements that may move a condition; all elements where none was seen to move it. */
  of(place: Place): readonly Slot[] {
    const key = keyOf(place);
    const known = this.#known.get(key) ?? this.#find(key);
    this.#known.set(key, known);
    return known;
  }

  /** The conditions that an element may move, of those that were seen to move. */
  movedBy(slot: Slot): readonly Place[] {
    this.#moved ??= this.#invert();
    return this.#moved.get(slot) ?? [];
  }

  #invert(): Map<Slot, Place[]> {
    const moved = new Map<Slot, Place[]>();
    for (const key of new Set(this.#seen.flatMap((each) => [...each.moved.keys()]))) {
      const [line, element] = key.split(' ').map(Number) as [number, number];
      for (const slot of this.of({ line, element })) {
        const known = moved.get(slot);
        if (known) known.push({ line, element });
        else moved.set(slot, [{ line, element }]);
      }
    }
    return moved;
  }

  /** Where a tensor was seen to move it at several bases, only elements that all of them allow are taken. */
  #find(key: string): readonly Slot[] {
    const found = new Map<string, ReadonlySet<Slot>>();
    for (const { name, numbered, moved } of this.#seen) {
      const digits = moved.get(key);
      if (!digits) continue;
      const slots = numbersWith(digits, digitsOf(numbered)).flatMap((i) => numbered[i] ?? []);
      const before = found.get(name);
      const both = before ? slots.filter((slot) => before.has(slot)) : slots;
      if (both.length > 0) found.set(name, new Set(both));
    }
    return found.size > 0 ? [...found.values()].flatMap((set) => [...set]) : this.#slots;
  }
}

/** The numbers with digits that were seen. */
function numbersWith({ ones, zeros }: Digits, count: number): number[] {
  let numbers = [0];
  for (let bit = 1 << (count - 1); bit > 0; bit >>= 1)
    numbers = numbers.flatMap((start) => [
      ...(zeros & bit ? [start] : []),
      ...(ones & bit ? [start | bit] : []),
    ]);
  return numbers;
}

/** One at least, so that a single element is moved. */
const digitsOf = (slots: readonly Slot[]): number =>
  Math.max(1, Math.ceil(Math.log2(Math.max(1, slots.length))));

function move(
  landscape: Landscape,
  trial: Trial,
  slots: readonly Slot[],
  random: Random,
): Trial | undefined {
  const [first] = slots;
  if (!first) return undefined;
  const values = [...trial.inputs.get(first.name)!];
  for (const { element, bounds } of slots) {
    const [before, other] = [values[element]!, random.integer(bounds)];
    values[element] = other !== before ? other : before === bounds.low ? bounds.high : bounds.low;
  }
  return landscape.moved(trial, new Map([[first.name, values]]));
}

/** The conditions whose values are not the same. */
function differing(before: Trial, after: Trial | undefined): string[] {
  if (!after) return [];
  return after.conditions.flatMap((own, line) => {
    const others = before.conditions[line]!;
    if (own === others) return [];
    return own.flatMap(({ value }, element) =>
      value === others[element]?.value ? [] : [keyOf({ line, element })],
    );
  });
}

const keyOf = ({ line, element }: Place): string => `${line} ${element}`;
