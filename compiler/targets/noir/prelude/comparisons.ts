// Comparisons by the sign of a difference, and the digits of an integer.

export const comparisons = `/// The bit of d >= 0. An element d that is no integer with -2^BITS <= d < 2^BITS is refused.
///
/// d + 2^BITS = bit * 2^BITS + r with 0 <= r < 2^BITS: where the bit is 1, d = r; where it is 0, d = r - 2^BITS.
pub fn not_negative<let BITS: u32>(d: Field) -> Field {
    quotient::<BITS, 1>(d + power::<BITS>())
}

/// The larger of a and b, for -2^BITS <= a - b < 2^BITS.
pub fn max<let BITS: u32>(a: Field, b: Field) -> Field {
    let d = a - b;
    not_negative::<BITS>(d) * d + b
}

/// The smaller of a and b, for -2^BITS <= a - b < 2^BITS.
pub fn min<let BITS: u32>(a: Field, b: Field) -> Field {
    a + b - max::<BITS>(a, b)
}

/// |x|, for -2^BITS <= x < 2^BITS.
pub fn abs<let BITS: u32>(x: Field) -> Field {
    2 * not_negative::<BITS>(x) * x - x
}
`;

export const digits = `/// The binary digits of x, the lowest first. An element x that is no integer with 0 <= x < 2^COUNT is refused. Noir
/// itself constrains them.
pub fn bits<let COUNT: u32>(x: Field) -> [Field; COUNT] {
    let digits: [bool; COUNT] = x.to_le_bits();
    digits.map(|digit| digit as Field)
}
`;
