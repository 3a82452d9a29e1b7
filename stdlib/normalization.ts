// Normalization along the last axis. A row's values d and its sum of squares S are scaled alike, and r = √(n / S) is the root of
// S r² = n: nothing but r and the result is rounded, for any n.
import { rootOf, u, type FixedFormat, type Tensor } from '../dsl/index.ts';

export interface Normalization {
  /** ε, added to the mean square: more than 0. */
  readonly epsilon: number;
  /** γ, which multiplies the normalized values; broadcasts to x. */
  readonly gain?: Tensor;
  /** The format of the result, to which it is rounded. */
  readonly format: FixedFormat;
  /**
   * Rows whose mean square, ε included, is below it are refused: no proof of them exists. r is at most 1 / √least then, and its
   * error bound is smaller. Left out, ε bounds it. Where x carries error, the mean square's own has to stay below it.
   */
  readonly least?: number;
}

/** γ x / √(mean(x²) + ε) for each row [..., n] of x. */
export function rmsNorm(x: Tensor, options: Normalization): Tensor {
  const n = x.shape.at(-1)!;
  return normalized(x, { ...options, scale: n }).rescale(options.format);
}

/** γ (x − m) / √(mean((x − m)²) + ε) + β for each row [..., n] of x, with its mean m. */
export function layerNorm(
  x: Tensor,
  { bias, ...options }: Normalization & { /** β; broadcasts to x. */ readonly bias?: Tensor },
): Tensor {
  const n = x.shape.at(-1)!;
  const total = x.sum({ axis: -1 });
  // n (x − m), whose squares sum up to n³ times their mean.
  const centered = x.scale(n, { fraction: 0 }).sub(total.reshape([...total.shape, 1]));
  const result = normalized(centered, { ...options, scale: n ** 3 });
  return (bias ? result.add(bias) : result).rescale(options.format);
}

/** γ d r with r = √(n / S), S = Σ d² + scale · ε. */
function normalized(
  d: Tensor,
  { epsilon, gain, format, least = epsilon, scale }: Normalization & { readonly scale: number },
): Tensor {
  const n = d.shape.at(-1)!;
  const square = d
    .mul(d)
    .sum({ axis: -1 })
    .add(scale * epsilon, { rounding: 'counted' });
  const asserted = square.assertWithin({ low: scale * least, high: square.range.high });
  const values = gain ? d.mul(gain) : d;
  // The rounding of r moves the result by at most a quarter of a last place.
  const { low, high } = values.range;
  const fraction = format.fraction + 1 + Math.ceil(Math.log2(Math.max(1, -low, high)));
  const largest = Math.sqrt(n / asserted.range.low);
  const root = rootOf(asserted, {
    of: (r) => r.mul(r).mul(asserted).sub(n),
    format: u(Math.max(1, Math.ceil(Math.log2(largest)) + 1 + fraction), fraction),
    box: { low: 2 ** -fraction, high: largest * (1 + 2 ** -40) + 2 ** -fraction },
  });
  return values.mul(root.reshape([...root.shape, 1]));
}
