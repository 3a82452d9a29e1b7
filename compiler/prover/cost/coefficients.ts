// Written by `npm run bench -- --fit` from measurements.json: AMD EPYC, 2 cores.
import type { Coefficients, Cost } from './features.ts';

export const coefficients: Readonly<Record<Cost, Coefficients>> = {
  prove: {
    one: 2.1,
    domain: 0.000334,
    generic: 0.000203,
    range: 0.000541,
    poseidon: 0.000248,
  },
  compile: {
    one: 1.94,
    domain: 0.000108,
    generic: 0.00029,
    range: 0.00056,
    poseidon: 0.000384,
  },
  basis: {
    domain: 0.00063,
  },
  load: {
    one: 1.3,
  },
  memory: {
    one: 221000000,
    domain: 21400,
    lookups: 5860,
    generic: 17100,
    range: 18300,
    poseidon: 30100,
  },
};
