// min: the smaller of a and b, element by element.
import { defineExtremum } from './shared/extremum.ts';

export const min = defineExtremum({
  name: 'min',
  real: Math.min,
  fixed: (a, b) => (a < b ? a : b),
  largest: false,
});
