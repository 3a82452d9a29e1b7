// max: the larger of a and b, element by element.
import { defineExtremum } from './shared/extremum.ts';

export const max = defineExtremum({
  name: 'max',
  real: Math.max,
  fixed: (a, b) => (a > b ? a : b),
  largest: true,
});
