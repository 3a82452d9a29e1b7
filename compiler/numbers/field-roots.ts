// Roots of polynomials over the circuits' field. gcd(F, X^p − X) has just the roots of F, each once. For a number a about half of
// them have (x + a)^((p − 1)/2) = 1, so the gcd with that minus 1 splits it (Cantor and Zassenhaus 1981).
import { canonical, inverse, modulus } from './field.ts';

/** Coefficients, the lowest degree first. */
type Coefficients = readonly bigint[];

/** All x with Σ coefficients[k] · x^k = 0, ascending; none for a constant. */
export function rootsInField(coefficients: Coefficients): bigint[] {
  const own = monic(coefficients.map(canonical));
  if (own.length < 2) return [];
  const whole = gcd(own, minus(power([0n, 1n], modulus, own), [0n, 1n]));
  return split(whole, 0n).sort((a, b) => (a < b ? -1 : 1));
}

/** Expects a product of different X − x. */
function split(product: Coefficients, shift: bigint): bigint[] {
  if (product.length < 2) return [];
  if (product.length === 2) return [canonical(-product[0]!)];
  if (product[0] === 0n) return [0n, ...split(product.slice(1), shift)];
  const half = power([shift, 1n], (modulus - 1n) / 2n, product);
  const part = gcd(product, minus(half, [1n]));
  if (part.length < 2 || part.length === product.length) return split(product, shift + 1n);
  return [part, divide(product, part).quotient].flatMap((each) => split(monic(each), shift + 1n));
}

function trimmed(a: Coefficients): Coefficients {
  let { length } = a;
  while (length > 0 && a[length - 1] === 0n) length--;
  return length === a.length ? a : a.slice(0, length);
}

function monic(a: Coefficients): Coefficients {
  const own = trimmed(a);
  const lead = own.at(-1);
  if (lead === undefined || lead === 1n) return own;
  const by = inverse(lead);
  return own.map((x) => canonical(x * by));
}

const minus = (a: Coefficients, b: Coefficients): Coefficients =>
  trimmed(
    Array.from({ length: Math.max(a.length, b.length) }, (_, k) =>
      canonical((a[k] ?? 0n) - (b[k] ?? 0n)),
    ),
  );

/** Expects a monic divisor. */
function divide(
  a: Coefficients,
  divisor: Coefficients,
): { quotient: Coefficients; rest: Coefficients } {
  const rest = [...a];
  const quotient: bigint[] = [];
  for (let at = a.length - divisor.length; at >= 0; at--) {
    const by = rest[at + divisor.length - 1]!;
    quotient[at] = by;
    divisor.forEach((x, k) => (rest[at + k] = canonical(rest[at + k]! - by * x)));
  }
  return { quotient, rest: trimmed(rest.slice(0, divisor.length - 1)) };
}

/** The monic greatest common divisor of a monic polynomial and another one. */
function gcd(a: Coefficients, b: Coefficients): Coefficients {
  let [x, y] = [a, monic(b)];
  while (y.length > 0) [x, y] = [y, monic(divide(x, y).rest)];
  return x;
}

function times(a: Coefficients, b: Coefficients): Coefficients {
  const sums = new Array<bigint>(Math.max(a.length + b.length - 1, 0)).fill(0n);
  a.forEach((x, i) => b.forEach((y, j) => (sums[i + j] = sums[i + j]! + x * y)));
  return sums.map(canonical);
}

function power(base: Coefficients, exponent: bigint, by: Coefficients): Coefficients {
  let result: Coefficients = divide([1n], by).rest;
  for (const bit of exponent.toString(2)) {
    result = divide(times(result, result), by).rest;
    if (bit === '1') result = divide(times(result, base), by).rest;
  }
  return result;
}
