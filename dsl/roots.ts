// Values that an equation defines.
import { fail } from '../compiler/diagnostics/diagnostic.ts';
import { bit, formatInterval, fractionOf, type Format } from '../compiler/ir/format.ts';
import type { OpenFormat } from '../compiler/ir/open.ts';
import { interval, intersect, type Interval } from '../compiler/numbers/interval.ts';
import { roundReal } from '../compiler/numbers/rounding.ts';
import { coefficientsOf, Unknown } from './equation.ts';
import { refuse, requireOptions, writeFormat } from './slips.ts';
import { authorLine, located } from './source-line.ts';
import type { Tensor } from './tensor.ts';

export interface Equation {
  /** F(x): a polynomial in x, e.g. `(x) => x.mul(x).mul(v).sub(1)` for 1 / √v. x is where it is 0. */
  readonly of: (x: Unknown) => Unknown;
  /** The format of x. */
  readonly format: Format | OpenFormat;
  /** Real bounds between which F changes its sign and has no other root; those of the format when left out. */
  readonly box?: { readonly low: number; readonly high: number };
  /**
   * Accepts every x with −tolerance ≤ F(x) < tolerance, in real units. Left out, x is forced to the number of its format that is
   * nearest to the root: the prover has no choice.
   */
  readonly tolerance?: number;
}

/**
 * `c.root` where a tensor is at hand and no `c`: the root of an equation in the circuit of `like`, of the shape to which the
 * coefficients of F broadcast.
 */
export const rootOf = (like: Tensor, equation: Equation): Tensor =>
  rootWith(like.constantLike(1, { shape: [], format: bit }), equation);

/** The root of an equation in the circuit of `one`, the constant 1. Throws as `c.root`. */
export function rootWith(one: Tensor, { of, format: declared, box, tolerance }: Equation): Tensor {
  if (typeof of !== 'function')
    refuse('root expects an equation', of, 'c.root({ of: (x) => x.mul(b).sub(a), format })');
  const format = one.formatOf(declared);
  const x = new Unknown([undefined, one], fractionOf(format), one);
  const coefficients = coefficientsOf(of(x), x);
  const { low, high } = box === undefined ? formatInterval(format) : boxOf(format, box);
  const attributes = { to: format, low, high };
  const [first, ...others] = coefficients as [Tensor, ...Tensor[]];
  if (tolerance === undefined)
    return first.apply('root', others, { ...attributes, rounding: 'nearest' });
  const hint = 'a real number, above 0; leave it out to force the number nearest to the root';
  if (typeof tolerance !== 'number') refuse('root expects a number for tolerance', tolerance, hint);
  if (!(tolerance > 0 && Number.isFinite(tolerance)))
    fail('bad-bounds', `root: the tolerance is ${tolerance}`, hint, authorLine());
  const whole = Math.max(
    ...coefficients.map((c, k) => fractionOf(c.format) + k * fractionOf(format)),
  );
  const integer = located(() => roundReal(Math.floor(tolerance * 2 ** whole)));
  return first.apply('near-root', others, { ...attributes, tolerance: integer });
}

function boxOf(format: Format, box: { readonly low: number; readonly high: number }): Interval {
  requireOptions('box', box, { low: 'number', high: 'number' }, (given) => `box: ${given}`);
  const unit = 2 ** fractionOf(format);
  const { low, high } = box;
  if (!(low < high))
    fail(
      'bad-bounds',
      `root: the lower end of the box, ${low}, is not below its upper end, ${high}`,
      'box: { low, high }, in real units, with low < high',
      authorLine(),
    );
  const within = located(() =>
    intersect(
      interval(roundReal(Math.ceil(low * unit)), roundReal(Math.floor(high * unit))),
      formatInterval(format),
    ),
  );
  if (!within || within.low > within.high)
    fail(
      'bad-bounds',
      `root: no number of ${writeFormat(format)} is in the box [${low}, ${high}]`,
      'a box in real units; or a format that holds more numbers of it: more bits, or more fractional ones',
      authorLine(),
    );
  return within;
}
