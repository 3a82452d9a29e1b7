// Range checks, the quotient by a power of two, and what rests on it: the one rounding rule, and comparisons.

export const ranges = `/// low <= x < low + 2^BITS.
pub fn at_least<let BITS: u32>(x: Field, low: Field) {
    (x - low).assert_max_bit_size::<BITS>();
}

/// high - 2^BITS < x <= high.
pub fn at_most<let BITS: u32>(x: Field, high: Field) {
    (high - x).assert_max_bit_size::<BITS>();
}

/// x as a position. An element that is no integer with 0 <= x < LENGTH is refused.
pub fn index<let LENGTH: u32>(x: Field) -> u32 {
    x.assert_max_bit_size::<32>();
    let position = x as u32;
    assert(position < LENGTH, "take: not on the axis");
    position
}
`;

export const rounding = `/// q = floor(x / 2^SHIFT), for 0 <= q < 2^BITS:
///
///   x = q * 2^SHIFT + r,   0 <= r < 2^SHIFT.
///
/// The two sides are less than p apart, which the compiler has checked, so the equation holds over the integers,
/// and q and r are the only ones.
fn quotient<let SHIFT: u32, let BITS: u32>(x: Field) -> Field {
    // Safety: both parts are range-checked, and the equation is asserted.
    let (q, r) = unsafe { divide::<SHIFT>(x) };
    at_least::<BITS>(q, 0);
    at_least::<SHIFT>(r, 0);
    assert(x == q * power::<SHIFT>() + r, "not the quotient and the remainder");
    q
}

/// q = floor((x + 2^(SHIFT-1)) / 2^SHIFT), that is x / 2^SHIFT rounded half up, for low <= q < low + 2^BITS. SHIFT is
/// at least 1.
pub fn round_shift<let SHIFT: u32, let BITS: u32>(x: Field, low: Field) -> Field {
    let half = power::<SHIFT - 1>();
    low + quotient::<SHIFT, BITS>(x + half - low * power::<SHIFT>())
}

/// 2^EXPONENT.
fn power<let EXPONENT: u32>() -> Field {
    let mut power = 1;
    for _ in 0..EXPONENT {
        power *= 2;
    }
    power
}

/// The quotient and the remainder of x by 2^SHIFT, for 0 <= x < p: a hint, which proves nothing.
unconstrained fn divide<let SHIFT: u32>(x: Field) -> (Field, Field) {
    let bits: [bool; 254] = x.to_be_bits();
    let mut quotient = 0;
    for i in 0..254 - SHIFT {
        quotient = 2 * quotient + bits[i] as Field;
    }
    let mut remainder = 0;
    for i in 254 - SHIFT..254 {
        remainder = 2 * remainder + bits[i] as Field;
    }
    (quotient, remainder)
}
`;
