// How much of each column of R is registered. Lengths depend on the place in the block and on the plan's size alone, so that a
// leaf's length follows from its position. Entries i + 1 … len(i) − 1 are ordinary entries of R, and 0 for an honest client.

const roundedUp = (value: number, step: number): number => Math.ceil(value / step) * step;

/** len(i) of entry i, [size]: i + 1 rounded up to a multiple of the class step; at most four lengths, multiples of 4. */
export function columnLengths(size: number): readonly number[] {
  return classesOf(size).lengths;
}

/** Where column i begins in a block's root, [size + 1]; a block of `length` weights has columnOffsets(size)[length] entries. */
export function columnOffsets(size: number): readonly number[] {
  return classesOf(size).offsets;
}

interface Classes {
  readonly lengths: readonly number[];
  readonly offsets: readonly number[];
}

// Asked for by each of millions of blocks.
const known = new Map<number, Classes>();

function classesOf(size: number): Classes {
  const before = known.get(size);
  if (before) return before;
  const step = Math.max(4, roundedUp(Math.ceil(size / 4), 4));
  const lengths = Array.from({ length: size }, (_, i) =>
    Math.min(roundedUp(i + 1, step), roundedUp(size, 4)),
  );
  const offsets = [0];
  for (const length of lengths) offsets.push(offsets.at(-1)! + length);
  const classes = { lengths, offsets };
  known.set(size, classes);
  return classes;
}
