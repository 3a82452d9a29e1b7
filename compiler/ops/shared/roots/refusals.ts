// Why the root of an equation is not known to be one number of its box, and the cure.
import { fail } from '../../../diagnostics/diagnostic.ts';
import { formatInterval, fractionOf, widestBits, type Format } from '../../../ir/format.ts';
import { interval, type Interval } from '../../../numbers/interval.ts';
import { toReal } from '../../../numbers/rounding.ts';

/** Where a root is looked for. */
export interface Place {
  readonly op: string;
  readonly box: Interval;
  /** The format of x. */
  readonly to: Format;
}

export type End = 'low' | 'high';

const narrower = 'coefficients in narrower ranges: v.assertWithin({ low, high })';

/** Throws `no-root`: the slope can be 0 on a part of the box, so that the root is not unique. */
export function refuseFlat({ op, box, to }: Place, part: Interval): never {
  const real = (x: bigint): number => toReal(x, fractionOf(to));
  const where =
    part.low === part.high
      ? `at ${real(part.low)}`
      : `between ${real(part.low)} and ${real(part.high)}`;
  return fail(
    'no-root',
    `${op}: the equation may have more than one root in its box [${real(box.low)}, ${real(box.high)}]: its slope can be 0 or change its sign ${where}`,
    `a box that holds one root and leaves that part out; or ${narrower}`,
  );
}

/** Throws `no-root`: there are coefficients for which the root is past an end of the box. `holds` tells it of other boxes. */
export function refuseOutside(place: Place, end: End, holds: (box: Interval) => boolean): never {
  const { op, box, to } = place;
  const [side, name] = end === 'low' ? ['below', 'lower'] : ['above', 'upper'];
  const at = toReal(box[end], fractionOf(to));
  const last = box[end] === formatInterval(to)[end];
  const wider = last ? widerFormat(place, holds) : undefined;
  const cure = last
    ? `a format that holds it: ${wider ?? 'more bits'}`
    : `a box whose ${name} end is further ${end === 'low' ? 'down' : 'up'}`;
  return fail(
    'no-root',
    `${op}: the root can be ${side} ${at}, the ${name} end of its ${last ? 'format' : 'box'}`,
    `${cure}; or ${narrower}`,
  );
}

/** The narrowest format of as many fractional bits that holds the root, as an author writes it. Ends of the box that are the format's move. */
function widerFormat({ box, to }: Place, holds: (box: Interval) => boolean): string | undefined {
  const own = formatInterval(to);
  const fraction = fractionOf(to);
  const signs = own.low < 0n ? [true] : [false, true];
  for (let bits = own.high.toString(2).length; bits <= widestBits; bits++)
    for (const signed of signs) {
      const format = formatInterval({ kind: 'fixed', signed, bits, fraction });
      const low = box.low === own.low ? format.low : box.low;
      const high = box.high === own.high ? format.high : box.high;
      if (low <= box.low && high >= box.high && holds(interval(low, high)))
        return `${signed ? 'q' : 'u'}(${bits}, ${fraction})`;
    }
  return undefined;
}

/** Why the error of a root can have no bound. */
export const noRealRoot = {
  why: 'with the errors of its coefficients, the real equation may have no root in the box, or more than one',
  cure: 'keep the coefficients farther from where the slope is 0: assertWithin, or add a larger constant; or reduce their errors: { exact: true } inputs, more fractional bits',
};
