// Prime fields. Circuits live in one of them, the scalar field of Vesta, in which kimchi's constraints live; a small one
// lets a test try all values.

/** Arithmetic modulo a prime. */
export interface PrimeField {
  /** The modulus p. */
  readonly modulus: bigint;
  /** The representative of x in [0, p). */
  canonical(x: bigint): bigint;
  /** The representative of x in (−p/2, p/2): how a field element is read as a signed integer. */
  centered(x: bigint): bigint;
  /** x⁻¹ by the extended Euclidean algorithm. Throws a RangeError when x = 0. */
  inverse(x: bigint): bigint;
}

/** The field of that many elements; the number must be an odd prime. */
export function primeField(modulus: bigint): PrimeField {
  const half = modulus >> 1n;
  function canonical(x: bigint): bigint {
    const remainder = x % modulus;
    return remainder < 0n ? remainder + modulus : remainder;
  }
  function centered(x: bigint): bigint {
    const value = canonical(x);
    return value > half ? value - modulus : value;
  }
  function inverse(x: bigint): bigint {
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
  return { modulus, canonical, centered, inverse };
}

/** The field of the circuits. */
export const scalarField =
  primeField(0x40000000000000000000000000000000224698fc094cf91b992d30ed00000001n);

/** The modulus of the circuits' field, about 2^254. */
export const modulus = scalarField.modulus;
export const canonical = scalarField.canonical;
export const centered = scalarField.centered;
export const inverse = scalarField.inverse;
