// LETHE_SEED fixes the seed of every property test. A failing property prints its seed and the shrunk counterexample.
import fc from 'fast-check';
import { runs } from './tier.ts';

const seed = process.env['LETHE_SEED'];
fc.configureGlobal({
  ...(seed === undefined ? {} : { seed: Number(seed) }),
  numRuns: runs(100),
});
