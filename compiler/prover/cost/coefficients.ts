// Written by `npm run bench -- --fit` from measurements.json: x86-64 server, 2 cores.
import type { Coefficients, Cost } from './features.ts';

export const coefficients: Readonly<Record<Cost, Coefficients>> = {
  prove: {
    one: 2.52,
    transform: 0.0000115,
    lookups: 0.00018,
    generic: 0.00038,
    range: 0.000585,
    poseidon: 0.000506,
  },
  compile: {
    one: 1.87,
    transform: 0.000013,
    generic: 0.000326,
    range: 0.000682,
    poseidon: 0.000423,
  },
  basis: {
    transform: 0.0000433,
  },
  load: {
    one: 1.51,
  },
  memory: {
    one: 232000000,
    domain: 20800,
    lookups: 5040,
    generic: 16400,
    range: 21300,
    poseidon: 25700,
  },
};
