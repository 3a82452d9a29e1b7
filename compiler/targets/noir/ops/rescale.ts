// rescale: quotient and remainder by a hint, range-checked, and the equation between them (`round_shift` of the prelude).
import { fractionOf } from '../../../ir/format.ts';
import { interval, magnitude } from '../../../numbers/interval.ts';
import { roundShift } from '../../../numbers/rounding.ts';
import { spanBits } from '../../../ops/shared/within.ts';
import { requireReach } from '../field.ts';
import { assertInterval, elementwise, type NoirOp } from '../line.ts';
import { element, literal } from '../text.ts';

export const rescale: NoirOp = (line) => {
  const [x] = line.arguments;
  const { range: from } = x!;
  const { range: to } = line.result;
  const shift = fractionOf(x!.type.format) - fractionOf(line.result.type.format);
  const natural = interval(roundShift(from.low, shift), roundShift(from.high, shift));
  if (natural.low === natural.high) return elementwise(line, () => literal(natural.low));
  if (shift === 0)
    return elementwise(
      line,
      (index) => element(x!.name, index),
      (y) => assertInterval(line.op, y, to, from),
    );

  // x + 2^(s−1) and q · 2^s + r, for every q and r that pass their range checks, are less than p apart.
  const bits = Math.max(1, spanBits(to));
  const checked = interval(to.low, to.low + (1n << BigInt(bits)) - 1n);
  requireReach(line.op, ((magnitude(checked) + 2n) << BigInt(shift)) + magnitude(from));
  // The upper end, where it neither follows from x nor is that of `bits` bits.
  const topped = natural.high <= to.high || checked.high === to.high;
  return elementwise(
    line,
    (index) => `round_shift::<${shift}, ${bits}>(${element(x!.name, index)}, ${literal(to.low)})`,
    (y) => (topped ? [] : [`at_most::<${bits}>(${y}, ${literal(to.high)});`]),
  );
};
