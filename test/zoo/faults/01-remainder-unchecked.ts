// The remainder of a rescale is taken from the prover without a range check: any quotient passes.
import { checked, rounding, unchecked } from '../rounding.ts';
import type { Specimen } from '../specimen.ts';

export default {
  row: 1,
  fault: 'remainder of a rescale not range-checked',
  attack: 'takes any quotient, and the remainder that goes with it',
  net: 'determinism',
  op: 'rescale',
  build: () => rounding(checked, unchecked),
} satisfies Specimen;
