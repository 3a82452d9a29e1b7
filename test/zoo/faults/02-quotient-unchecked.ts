// The quotient is not range-checked: 16 q wraps around the modulus, and every remainder has a quotient.
import { checked, rounding, unchecked } from '../rounding.ts';
import type { Specimen } from '../specimen.ts';

export default {
  row: 2,
  fault: 'quotient of a division not range-checked',
  attack: 'takes any remainder, and a quotient that wraps around the modulus',
  net: 'determinism',
  op: 'rescale',
  build: () => rounding(unchecked, checked),
} satisfies Specimen;
