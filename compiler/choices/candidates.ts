// The widths worth trying. A range check costs the same, or less, up to certain widths and more beyond them (12, 24,
// 28, 36, 40, 52, 64, 72 bits on kimchi's gates); between two of them more precision is free, so only they are tried.
import { breakPoints } from '../constraints/range-plan.ts';
import type { OpenChoice } from '../ir/open.ts';

/** Formats wider than this are not tried; pin one that has to be. */
const widest = 72;

/** A tolerance coarser than the least by more bits than these costs accuracy and saves nothing. */
const looser = 24;

/** In ascending order, at least one. */
export function candidateBits({ of, least }: OpenChoice): number[] {
  if (of === 'tolerance')
    return [least, ...breakPoints(least + looser).filter((bits) => bits > least)];
  const bits = breakPoints(widest).filter((each) => each >= least);
  return bits.length > 0 ? bits : [least];
}
