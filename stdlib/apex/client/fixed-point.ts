// Real numbers of a client in the plan's formats, or a refusal that says where the number stands.
import { fail } from '../../../compiler/diagnostics/diagnostic.ts';
import {
  formatInterval,
  fractionOf,
  renderFormat,
  type Format,
} from '../../../compiler/ir/format.ts';
import { roundNumber, toReal } from '../../../compiler/numbers/rounding.ts';

export interface Place {
  readonly where: string;
  readonly cure: string;
}

/** Writes the integers of `values` into `target`. Throws `out-of-format`; `place` says where value i stands. */
export function fixedPoints(
  values: Float64Array,
  format: Format,
  target: Int16Array | Int32Array,
  place: (index: number) => Place,
): void {
  const interval = formatInterval(format);
  const [low, high] = [Number(interval.low), Number(interval.high)];
  const fraction = fractionOf(format);
  const scale = 2 ** fraction;
  for (let i = 0; i < values.length; i++) {
    const integer = roundNumber(values[i]! * scale);
    if (!(integer >= low && integer <= high)) {
      const { where, cure } = place(i);
      const [least, most] = [toReal(interval.low, fraction), toReal(interval.high, fraction)];
      fail(
        'out-of-format',
        `${where}: ${values[i]} does not fit ${renderFormat(format)}, which holds ${least} to ${most}`,
        cure,
      );
    }
    target[i] = integer;
  }
}
