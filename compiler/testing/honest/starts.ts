// Where a search begins: random inputs of several kinds, and inputs that are known with some elements changed.
import type { InputValues } from '../../constraints/witness.ts';
import { formatInterval, isOpaque, type Format } from '../../ir/format.ts';
import { sizeOf } from '../../ir/shape.ts';
import { modulus } from '../../numbers/field.ts';
import { clamp, interval, type Interval } from '../../numbers/interval.ts';
import type { TypedPort } from '../../program/ports.ts';
import type { Random } from './random.ts';

/** Element by element: any number, one of any size, or mostly nothing. */
const kinds: readonly ((bounds: Interval, random: Random) => bigint)[] = [
  (bounds, random) => random.integer(bounds),
  (bounds, random) =>
    random.chance(0.8) ? clamp(0n, bounds) : random.near(clamp(0n, bounds), bounds),
  (bounds, random) => random.integer(bounds),
  (bounds, random) => random.near(clamp(0n, bounds), bounds),
];

const boundsOf = (format: Format): Interval =>
  isOpaque(format) ? interval(0n, modulus - 1n) : formatInterval(format);

/** `turn`: the number of the start, which changes its kind. */
export function freshInputs(
  ports: readonly TypedPort[],
  turn: number,
  random: Random,
): InputValues {
  return new Map(
    ports.map(({ name, type: { format, shape } }) => {
      const bounds = boundsOf(format);
      const kind = isOpaque(format) ? kinds[0]! : kinds[turn % kinds.length]!;
      return [name, Array.from({ length: sizeOf(shape) }, () => kind(bounds, random))];
    }),
  );
}

/** Any numbers, and bits that are all equal: a sum of bits then surely changes where several of them are turned. */
export const baseInputs = (
  ports: readonly TypedPort[],
  bits: bigint,
  random: Random,
): InputValues =>
  new Map(
    [...freshInputs(ports, 0, random)].map(([name, values], i) => [
      name,
      ports[i]!.type.format.kind === 'bit' ? values.map(() => bits) : values,
    ]),
  );

/** New opaque values, and new values for some of the other elements, at least one. */
export function changedInputs(
  ports: readonly TypedPort[],
  known: InputValues,
  random: Random,
): InputValues {
  const share = random.pick([0, 0.1, 0.3, 0.6]);
  const first = random.pick(ports).name;
  return new Map(
    ports.map(({ name, type: { format } }) => {
      const bounds = boundsOf(format);
      const own = known.get(name)!;
      const one = name === first ? random.below(own.length) : -1;
      const values = own.map((x, element) => {
        if (isOpaque(format)) return random.integer(bounds);
        return element === one || random.chance(share) ? random.near(x, bounds) : x;
      });
      return [name, values];
    }),
  );
}
