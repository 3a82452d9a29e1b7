// Normalization along the last axis. A row's values d and its sum of squares S are scaled alike, and r = √(n / S) is the root of
// S r² = n: nothing but r and the result is rounded, for any n.
import { rootOf, u, type FixedFormat, type Tensor } from '../dsl/index.ts';
import { refuse, requireFormat } from '../dsl/slips.ts';

export interface Normalization {
  /** ε, added to the mean square: more than 0. */
  readonly epsilon: number;
  /** γ, which multiplies the normalized values; broadcasts to x. */
  readonly gain?: Tensor;
  /** The format of the result, to which it is rounded. */
  readonly format: FixedFormat;
  /**
   * Rows whose mean square, ε included, is below it are refused: no proof of them exists. r is at most 1 / √least then, and its
   * error bound is smaller. Left out, no row is refused, and ε bounds r. There is no error bound where x carries so much error that
   * the mean square's own reaches `least`, or ε.
   */
  readonly least?: number;
}

/** γ x / √(mean(x²) + ε) for each row [..., n] of x. */
export function rmsNorm(x: Tensor, options: Normalization): Tensor {
  const n = x.shape.at(-1)!;
  return normalized(x, { ...options, name: 'rmsNorm', scale: n }).rescale(options.format);
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
  const result = normalized(centered, { ...options, name: 'layerNorm', scale: n ** 3 });
  return (bias ? result.add(bias) : result).rescale(options.format);
}

/** γ d r with r = √(n / S), S = Σ d² + scale · ε. */
function normalized(d: Tensor, options: Named & { readonly scale: number }): Tensor {
  const { epsilon, gain, format, scale } = options;
  requireFormat(options.name, format, (each) => call(options, { format: each }));
  if (!(epsilon > 0 && epsilon < Infinity))
    refuse(`${options.name} expects an epsilon above 0`, epsilon, call(options, { epsilon: 1e-5 }));
  const n = d.shape.at(-1)!;
  const squares = d.mul(d).sum({ axis: -1 });
  const fine = squares.align({ fraction: fractionFor(scale * epsilon, squares) });
  const asserted = withLeast(fine.add(scale * epsilon, { rounding: 'counted' }), options);
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

/** Fractional bits that hold a constant, or 20 of its bits, and what it is added to. */
function fractionFor(constant: number, { format }: Tensor): number {
  const own = format.kind === 'fixed' ? format.fraction : 0;
  if (Number.isInteger(constant * 2 ** own)) return own;
  return Math.max(own, 20 - Math.floor(Math.log2(constant)));
}

type Named = Normalization & { readonly name: string };

/** S from its least value on. Without `least` that is ε as it was rounded, which is not asserted: a row of zeros has it. */
function withLeast(square: Tensor, options: Named & { readonly scale: number }): Tensor {
  const { name, least, scale } = options;
  const { high } = square.range;
  if (least !== undefined) {
    if (!(least > 0 && scale * least <= high))
      refuse(
        `${name} expects a least mean square above 0 and at most ${(high / scale).toPrecision(4)}`,
        least,
        call(options, { least: 0.25 }),
      );
    return square.assertWithin({ low: scale * least, high });
  }
  return square;
}

/** The call as it is meant. */
function call({ name, epsilon }: Named, own: Readonly<Record<string, unknown>>): string {
  const meant = { epsilon, format: 'q(20, 12)', ...own };
  const list = Object.entries(meant).map(([key, value]) => `${key}: ${String(value)}`);
  return `${name}(x, { ${list.join(', ')} })`;
}
