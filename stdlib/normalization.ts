// Normalization along the last axis, by the reciprocal root of a mean square: the prover has no choice.
import type { FixedFormat, Tensor } from '../dsl/index.ts';

export interface Normalization {
  /** ε, added to the mean square: more than 0. */
  readonly epsilon: number;
  /** γ, which multiplies the normalized values; broadcasts to x. */
  readonly gain?: Tensor;
  /** The format of the result, to which it is rounded. */
  readonly format: FixedFormat;
  /**
   * Rows whose mean square, ε included, is below it are refused: a proof of them does not exist. The reciprocal root is at most
   * 1 / √least then, and its error bound is smaller. Left out, ε bounds it.
   */
  readonly least?: number;
}

/** γ x / √(mean(x²) + ε) for each row [..., n] of x. */
export function rmsNorm(x: Tensor, options: Normalization): Tensor {
  return normalized(x, options).rescale(options.format);
}

/** γ (x − m) / √(mean((x − m)²) + ε) + β for each row [..., n] of x, with its mean m. */
export function layerNorm(
  x: Tensor,
  { bias, ...options }: Normalization & { /** β; broadcasts to x. */ readonly bias?: Tensor },
): Tensor {
  const centered = x.sub(mean(x).reshape([...x.shape.slice(0, -1), 1]));
  const scaled = normalized(centered, options);
  return (bias ? scaled.add(bias) : scaled).rescale(options.format);
}

function normalized(x: Tensor, { epsilon, gain, format, least = epsilon }: Normalization): Tensor {
  const square = mean(x.mul(x)).add(epsilon, { rounding: 'counted' });
  const asserted = square.assertWithin({ low: least, high: square.range.high });
  const scaled = gain ? x.mul(gain) : x;
  // The rounding of the root moves the result by at most a quarter of a last place.
  const { low, high } = scaled.range;
  const whole = Math.ceil(Math.log2(Math.max(1, -low, high)));
  const root = asserted.rsqrt({ fraction: format.fraction + 1 + whole });
  return scaled.mul(root.reshape([...root.shape, 1]));
}

/** The mean along the last axis, exact for a power of two. */
function mean(x: Tensor): Tensor {
  const n = x.shape.at(-1)!;
  const whole = Math.log2(n);
  const fraction = Number.isInteger(whole) ? whole : Math.ceil(whole) + 20;
  return x.sum({ axis: -1 }).scale(1 / n, { fraction, rounding: 'counted' });
}
