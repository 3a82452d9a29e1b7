// How far a bit that decides by a difference can be from the bit of the reals.
import { fractionOf } from '../../ir/format.ts';
import type { TensorType } from '../../ir/program.ts';
import type { Interval } from '../../numbers/interval.ts';
import { realDown } from '../../numbers/upward.ts';

/**
 * 0 where no real difference within `margin` of one in the interval decides otherwise, else 1. It decides whether the
 * difference is at least 0; `type` is that of an operand.
 */
export function decisionError({ low, high }: Interval, margin: number, type: TensorType): number {
  if (margin === 0) return 0;
  const fraction = fractionOf(type.format);
  const surelyNot = high < 0n && realDown(-high, fraction) > margin;
  const surely = low >= 0n && realDown(low, fraction) >= margin;
  return surely || surelyNot ? 0 : 1;
}

/** 0 where no real within `margin` of a number in the interval is 0, or nothing is rounded, else 1. */
export function zeroError({ low, high }: Interval, margin: number, type: TensorType): number {
  if (margin === 0) return 0;
  const fraction = fractionOf(type.format);
  const nearest = low > 0n ? low : high < 0n ? -high : 0n;
  return realDown(nearest, fraction) > margin ? 0 : 1;
}
