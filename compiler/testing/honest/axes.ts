// Ways to move inputs by one number: an element alone, two elements whose sum stays, a whole tensor towards 0.
import type { InputValues } from '../../constraints/witness.ts';
import { formatInterval } from '../../ir/format.ts';
import { sizeOf } from '../../ir/shape.ts';
import { intersect, interval, type Interval } from '../../numbers/interval.ts';
import type { TypedPort } from '../../program/ports.ts';

export interface Axis {
  readonly bounds: Interval;
  /** Where the inputs are. */
  readonly at: bigint;
  /** The tensors that change. */
  move(to: bigint): InputValues;
}

/** An element of an input that assertions depend on. */
export interface Slot {
  readonly name: string;
  readonly element: number;
  readonly bounds: Interval;
}

export const slotsOf = (ports: readonly TypedPort[]): Slot[] =>
  ports.flatMap(({ name, type: { shape, format } }) => {
    const bounds = formatInterval(format);
    return Array.from({ length: sizeOf(shape) }, (_, element) => ({ name, element, bounds }));
  });

export const valueOf = (inputs: InputValues, { name, element }: Slot): bigint =>
  inputs.get(name)![element]!;

export function elementAxis(inputs: InputValues, slot: Slot): Axis {
  const tensor = inputs.get(slot.name)!;
  return {
    bounds: slot.bounds,
    at: tensor[slot.element]!,
    move: (to) => new Map([[slot.name, tensor.with(slot.element, to)]]),
  };
}

/** The first element moves, and the second against it. */
export function transferAxis(inputs: InputValues, slot: Slot, other: number): Axis {
  const tensor = inputs.get(slot.name)!;
  const [x, y] = [tensor[slot.element]!, tensor[other]!];
  const { low, high } = slot.bounds;
  return {
    bounds: intersect(slot.bounds, interval(x + y - high, x + y - low))!,
    at: x,
    move: (to) => new Map([[slot.name, tensor.with(slot.element, to).with(other, x + y - to)]]),
  };
}

/** A scale axis keeps `to` / 2^scaleBits of each element. */
const scaleBits = 24n;

export function scaleAxis(inputs: InputValues, { name, bounds: { low, high } }: Slot): Axis {
  const tensor = inputs.get(name)!;
  const towards = low > 0n ? low : high < 0n ? high : 0n;
  return {
    bounds: interval(0n, 1n << scaleBits),
    at: 1n << scaleBits,
    move: (to) =>
      new Map([[name, tensor.map((x) => towards + (((x - towards) * to) >> scaleBits))]]),
  };
}

/** The first `to` elements, in their order, get the value. */
export function fillAxis(inputs: InputValues, slots: readonly Slot[], value: bigint): Axis {
  const tensor = inputs.get(slots[0]!.name)!;
  return {
    bounds: interval(0n, BigInt(slots.length)),
    at: 0n,
    move(to) {
      const filled = [...tensor];
      for (const { element } of slots.slice(0, Number(to))) filled[element] = value;
      return new Map([[slots[0]!.name, filled]]);
    },
  };
}

/** Elements from the least to the greatest, or the other way round. */
export function ordered(inputs: InputValues, name: string): InputValues[] {
  const rising = inputs.get(name)!.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  return [new Map([[name, rising]]), new Map([[name, rising.toReversed()]])];
}

/** Two elements change places; undefined where they are equal. */
export function swapped(inputs: InputValues, slot: Slot, other: number): InputValues | undefined {
  const tensor = inputs.get(slot.name)!;
  const [x, y] = [tensor[slot.element]!, tensor[other]!];
  if (x === y) return undefined;
  return new Map([[slot.name, tensor.with(slot.element, y).with(other, x)]]);
}
