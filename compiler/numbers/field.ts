// The field of the circuits: the scalar field of Vesta, in which kimchi's constraints live.

/** The modulus p, about 2^254. */
export const modulus = 0x40000000000000000000000000000000224698fc094cf91b992d30ed00000001n;

/** The representative of x in [0, p). */
export function canonical(x: bigint): bigint {
  const remainder = x % modulus;
  return remainder < 0n ? remainder + modulus : remainder;
}

/** The representative of x in (−p/2, p/2): how a field element is read as a signed integer. */
export function centered(x: bigint): bigint {
  const value = canonical(x);
  return value > modulus >> 1n ? value - modulus : value;
}

/** x⁻¹ by the extended Euclidean algorithm. Throws a RangeError when x = 0. */
export function inverse(x: bigint): bigint {
  let [a, b] = [canonical(x), modulus];
  let [u, v] = [1n, 0n];
  if (a === 0n) throw new RangeError('zero has no inverse');
  while (b !== 0n) {
    const quotient = a / b;
    [a, b] = [b, a - quotient * b];
    [u, v] = [v, u - quotient * v];
  }
  return canonical(u);
}
