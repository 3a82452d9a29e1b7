// LETHE_SEED fixes the seed of every property test; LETHE_RUNS multiplies their runs. A failing property prints
// its seed and the shrunk counterexample.
import fc from 'fast-check';

const seed = process.env['LETHE_SEED'];
fc.configureGlobal({
  ...(seed === undefined ? {} : { seed: Number(seed) }),
  numRuns: 100 * Number(process.env['LETHE_RUNS'] ?? 1),
});
