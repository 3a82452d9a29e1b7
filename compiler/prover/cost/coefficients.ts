// Written by `npm run bench -- --fit` from measurements.json: x86-64 server, 2 cores.
import type { Coefficients, Cost } from './features.ts';

export const coefficients: Readonly<Record<Cost, Coefficients>> = {
  prove: {
    one: 2.09,
    domain: 0.000303,
    lookups: 0.000032,
    generic: 0.000243,
    range: 0.000471,
    poseidon: 0.000276,
  },
  compile: {
    one: 1.85,
    domain: 0.000115,
    generic: 0.000307,
    range: 0.000664,
    poseidon: 0.000405,
  },
  basis: {
    domain: 0.00063,
  },
  load: {
    one: 1.31,
  },
  memory: {
    one: 221000000,
    domain: 22600,
    lookups: 4550,
    generic: 14800,
    range: 22900,
    poseidon: 30200,
  },
};
