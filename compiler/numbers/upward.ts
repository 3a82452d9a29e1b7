// Float64 arithmetic on error bounds, rounded upwards: every result is at least the exact one. Arguments and results
// are not negative; 0 is exact; what infinite bounds leave undefined (0 · ∞) is no bound.

/** A float64 above x, but for 0. */
const above = (x: number): number => (x === 0 ? 0 : x * (1 + 2 ** -52) + Number.MIN_VALUE);

/** A float64 below x, or 0. */
const below = (x: number): number => Math.max(0, x * (1 - 2 ** -52) - Number.MIN_VALUE);

const bound = (x: number): number => (Number.isNaN(x) ? Infinity : x);

export function sumUp(...terms: readonly number[]): number {
  return terms.reduce((sum, x) => (sum === 0 ? x : x === 0 ? sum : above(sum + x)), 0);
}

export function productUp(...factors: readonly number[]): number {
  return factors.reduce((product, x) => {
    if (product === 1) return x;
    if (x === 1) return product;
    const exact = product * x;
    return exact === 0 && product !== 0 && x !== 0 ? Number.MIN_VALUE : above(bound(exact));
  }, 1);
}

/** a / b for b > 0. */
export function quotientUp(a: number, b: number): number {
  const exact = a / b;
  return exact === 0 && a !== 0 ? Number.MIN_VALUE : above(bound(exact));
}

export const rootUp = (x: number): number => above(Math.sqrt(x));

/** At most a − b, and not negative. */
export const differenceDown = (a: number, b: number): number => below(Math.max(0, a - b));

/** At most |x| / 2^fraction for an integer x. */
export const realDown = (x: bigint, fraction: number): number =>
  below(realUp(x, fraction) * (1 - 2 ** -52));

/** 2^−fraction is a float64 up to the first; past it, units of 2^−800 are fine enough. */
const [mostFraction, coarser] = [1074, 800];

/** |x| / 2^fraction for an integer x. */
export function realUp(x: bigint, fraction: number): number {
  const size = x < 0n ? -x : x;
  if (fraction > mostFraction) return realUp(-(-size >> BigInt(fraction - coarser)), coarser);
  const nearest = Number(size) * 2 ** -fraction;
  if (size !== 0n && nearest === 0) return Number.MIN_VALUE;
  return size < 1n << 53n && nearest > 2 ** -1022 ? nearest : above(nearest);
}

/** |x − integer / 2^fraction| for a finite x: the difference is exact. */
export function distanceUp(x: number, integer: bigint, fraction: number): number {
  let [numerator, shift] = [x, 0];
  for (; !Number.isInteger(numerator); shift++) numerator *= 2;
  const unit = Math.max(shift, fraction);
  const own = BigInt(numerator) << BigInt(unit - shift);
  return realUp(own - (integer << BigInt(unit - fraction)), unit);
}
