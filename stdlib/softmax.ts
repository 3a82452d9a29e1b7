// Softmax and the logarithm of a sum of exponentials, along the last axis. The largest element is subtracted first: the exponentials are
// at most 1 then, and one of them is 1.
import { q, u, type FixedFormat, type Tensor } from '../dsl/index.ts';
import { refuse, requireFormat, writeFormat } from '../dsl/slips.ts';
import { maximum } from './maximum.ts';

interface Options {
  readonly format: FixedFormat;
}

/** exp(x_i) / Σ_j exp(x_j) for each row [..., n] of x, rounded to the format, which holds 1. */
export function softmax(x: Tensor, options: Options): Tensor {
  const format = formatOf('softmax', options);
  const { signed, bits, fraction } = format;
  if (bits - fraction < (signed ? 2 : 1))
    refuse(
      'softmax expects a format that holds 1',
      format,
      `softmax(x, { format: ${writeFormat({ ...format, bits: fraction + (signed ? 2 : 1) })} })`,
    );
  const { powers, total } = exponentials(x, format.fraction);
  const inverse = total.reciprocal({ fraction: format.fraction + 2 });
  return powers.mul(inverse.reshape([...inverse.shape, 1])).rescale(format);
}

/** log Σ_j exp(x_j) for each row [..., n] of x, rounded to the format; without the last axis. */
export function logSumExp(x: Tensor, options: Options): Tensor {
  const format = formatOf('logSumExp', options);
  const { largest, total } = exponentials(x, format.fraction);
  const own = q(bitsOf(Math.log(x.shape.at(-1)!) + 1) + format.fraction + 3, format.fraction + 2);
  return total.map('log', { format: own }).add(largest).rescale(format);
}

/** exp(x_i − m) for m the largest of the row, their sum, and m. */
function exponentials(x: Tensor, fraction: number) {
  const n = x.shape.at(-1)!;
  const largest = maximum(x);
  const below = x.sub(largest.reshape([...largest.shape, 1]));
  // x_i is at most m. The check tells the range analysis so.
  below.assertWithin({ low: below.range.low, high: 0 });
  // So fine that the errors of n terms are a quarter of a last place of the result.
  const fine = fraction + 2 + Math.ceil(Math.log2(n));
  const powers = below.map('exp', { format: u(fine + 1, fine) });
  const total = powers.sum({ axis: -1 });
  // The largest element's own term is 1 but for rounding.
  total.assertWithin({ low: 15 / 16, high: total.range.high });
  return { largest, powers, total };
}

/** The format of the options. Throws `wrong-argument` for others, which JavaScript and casts let through. */
function formatOf(name: string, options: Options): FixedFormat {
  const format = options?.format;
  requireFormat(name, format, (each) => `${name}(x, { format: ${each} })`);
  return format;
}

const bitsOf = (x: number): number => Math.max(1, Math.ceil(Math.log2(x)));
