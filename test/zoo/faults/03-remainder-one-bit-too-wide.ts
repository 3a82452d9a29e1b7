// The remainder may be 0 … 31 where 0 … 15 is meant: q and q − 1 both pass.
import { checked, rounding, tooWide } from '../rounding.ts';
import type { Specimen } from '../specimen.ts';

export default {
  row: 3,
  fault: 'range check a bit too wide',
  attack: 'takes a quotient that is one too small',
  net: 'determinism',
  op: 'rescale',
  build: () => rounding(checked, tooWide),
} satisfies Specimen;
