// Numbers that become constants: what the author wrote is kept beside what it was rounded to.
import { toReal } from '../compiler/numbers/rounding.ts';
import { refuse } from './slips.ts';

export interface ConstantOptions {
  /**
   * `meant`, the default: the rounded number is the one that is meant, and error bounds count nothing. `counted`: the number as
   * it is written is meant, and error bounds count the distance. The circuit is the same.
   */
  readonly rounding?: 'meant' | 'counted';
}

/** The attribute that keeps the numbers as they are written; none where rounding changes nothing. */
export function keepWritten<T extends number | readonly number[]>(
  given: T,
  integers: readonly bigint[],
  fraction: number,
  { rounding = 'meant' }: ConstantOptions,
): { readonly written?: T; readonly real?: T } {
  if (rounding !== 'meant' && rounding !== 'counted')
    refuse("rounding is 'meant' or 'counted'", rounding, "{ rounding: 'counted' }");
  const reals: readonly number[] = typeof given === 'number' ? [given] : given;
  if (reals.every((real, i) => toReal(integers[i]!, fraction) === real)) return {};
  return rounding === 'counted' ? { real: given } : { written: given };
}
