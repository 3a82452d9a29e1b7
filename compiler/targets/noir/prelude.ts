// The Noir that every package begins with: range checks and the one rounding rule. The same text in each, so that it
// is read once.

/** What it exports. */
export const preludeNames = ['at_least', 'at_most', 'round_shift'] as const;

export const prelude = `// What Lethe's circuits need of Noir. A Field stands for an integer; -x is p - x.

/// low <= x < low + 2^BITS.
pub fn at_least<let BITS: u32>(x: Field, low: Field) {
    (x - low).assert_max_bit_size::<BITS>();
}

/// high - 2^BITS < x <= high.
pub fn at_most<let BITS: u32>(x: Field, high: Field) {
    (high - x).assert_max_bit_size::<BITS>();
}

/// q = floor((x + 2^(SHIFT-1)) / 2^SHIFT), that is x / 2^SHIFT rounded half up, for low <= q < low + 2^BITS:
///
///   x + 2^(SHIFT-1) = q * 2^SHIFT + r,   0 <= r < 2^SHIFT.
///
/// The two sides are less than p apart, which the compiler has checked, so the equation holds over the integers,
/// and q and r are the only ones. SHIFT is at least 1.
pub fn round_shift<let SHIFT: u32, let BITS: u32>(x: Field, low: Field) -> Field {
    let mut half = 1;
    for _ in 1..SHIFT {
        half *= 2;
    }
    let power = 2 * half;
    // Safety: both parts are range-checked, and the equation is asserted.
    let (above, r) = unsafe { divide::<SHIFT>(x + half - low * power) };
    at_least::<BITS>(above, 0);
    at_least::<SHIFT>(r, 0);
    let q = low + above;
    assert(x + half == q * power + r, "rounding: not the quotient and the remainder");
    q
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
