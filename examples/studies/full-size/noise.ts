/**
 * Noise that a seed and a name determine, fast enough for hundreds of millions of numbers.
 */
import { createHash } from 'node:crypto';

/** The next number. */
export type Noise = () => number;

/** About normal with mean 0: the sum of four uniform numbers of 16 bits, scaled to standard deviation `deviation`. */
export function noise(seed: number, name: string, deviation: number): Noise {
  let state = createHash('sha256').update(`${seed} ${name}`).digest().readUInt32LE();
  const word = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  // Each has a variance of 1/12.
  const scale = (deviation * Math.sqrt(3)) / 2 ** 16;
  return () => {
    const [a, b] = [word(), word()];
    return scale * ((a & 0xffff) + (a >>> 16) + (b & 0xffff) + (b >>> 16) - 2 * 0xffff);
  };
}
