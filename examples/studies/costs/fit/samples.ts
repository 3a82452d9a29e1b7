// The circuits that the cost model is fitted on: every domain, with and without a lookup table, and mixtures of kinds of rows.
import type { PlainCounts } from '../../../../compiler/profile/plain-circuit.ts';

const counts = (generic: number, range = 0, permutations = 0): PlainCounts => ({
  generic,
  range,
  permutations,
});

/** In rising order of what they take. */
export const samples: readonly PlainCounts[] = [
  counts(800),
  counts(2000),
  counts(200, 0, 150),
  counts(4000),
  counts(600, 0, 280),
  counts(8000),
  counts(800, 0, 600),
  counts(500, 300),
  counts(6140, 2040),
  counts(2000, 6000),
  counts(12000, 4200),
  counts(4000, 12000),
  counts(6000, 4000, 500),
  counts(24000, 8500),
  counts(16000, 6000, 800),
  counts(32000, 13000, 1600),
];

/** Those that are also compiled without a basis on the disk; that of a smaller domain takes no time to speak of. */
export const coldSamples: readonly PlainCounts[] = [
  counts(4000),
  counts(6140, 2040),
  counts(12000, 4200),
];
