// Sets of positions as bits: position i is bit i % 8 of byte i / 8.

export const bytesFor = (positions: number): number => Math.ceil(positions / 8);

export const hasBit = (bits: Uint8Array, position: number): boolean =>
  ((bits[position >>> 3]! >> (position & 7)) & 1) === 1;

export function setBit(bits: Uint8Array, position: number): void {
  bits[position >>> 3]! |= 1 << (position & 7);
}

export function countBits(bits: Uint8Array): number {
  let count = 0;
  for (let byte of bits) for (; byte !== 0; byte &= byte - 1) count++;
  return count;
}

/** The positions of the set bits, ascending. */
export function positionsOf(bits: Uint8Array): Uint32Array {
  const positions = new Uint32Array(countBits(bits));
  let next = 0;
  for (let at = 0; at < bits.length; at++)
    for (let byte = bits[at]!; byte !== 0; byte &= byte - 1)
      positions[next++] = 8 * at + 31 - Math.clz32(byte & -byte);
  return positions;
}

/** Whether `bits` have the one length for so many positions, and none past the last. */
export const areBitsOf = (bits: Uint8Array, positions: number): boolean =>
  bits.length === bytesFor(positions) &&
  (positions % 8 === 0 || bits.at(-1)! >> (positions % 8) === 0);
