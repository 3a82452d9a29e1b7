/**
 * Seeded randomness: one small generator (mulberry32) for splits, glyphs, initial weights and
 * the order of minibatches, so that a seed names a whole run.
 */

/** A stream of random numbers that its seed determines. */
export interface Random {
  /** The next number, uniform in [0, 1). */
  uniform(): number;
  /** The next number of the standard normal distribution (Box–Muller). */
  normal(): number;
  /** The next integer, uniform in 0 … `below` − 1. */
  integer(below: number): number;
}

/** The stream of `seed` (its lower 32 bits count). */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const uniform = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  return {
    uniform,
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
    integer: (below) => Math.floor(uniform() * below),
  };
}

/** The numbers 0 … `count` − 1 in random order (Fisher–Yates). */
export function shuffledIndices(count: number, random: Random): number[] {
  const order = Array.from({ length: count }, (_, index) => index);
  for (let last = count - 1; last > 0; last--) {
    const other = random.integer(last + 1);
    const kept = order[last]!;
    order[last] = order[other]!;
    order[other] = kept;
  }
  return order;
}
