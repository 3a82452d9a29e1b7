// Random numbers that are the same every time: a linear congruence, which is random enough to try plans on.

/** Uniform in (0, 1). */
export function seededUniform(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state + 0.5) / 2 ** 32;
  };
}
