// Integer division by an integer.

export const division = `/// q = floor(x / y) and r = x - q * y, for low <= q < low + 2^BITS and y <= 2^SIZE:
///
///   x = q * y + r,   0 <= r <= y - 1.
///
/// The bounds of r say of y that it is at least 1. The two sides are less than p apart, which the compiler has checked,
/// so the equation holds over the integers, and q and r are the only ones.
pub fn div_mod<let BITS: u32, let SIZE: u32>(x: Field, y: Field, low: Field) -> (Field, Field) {
    // Safety: both parts are range-checked, and the equation is asserted.
    let (above, r) = unsafe { long_division(x - low * y, y) };
    at_least::<BITS>(above, 0);
    at_least::<SIZE>(r, 0);
    at_least::<SIZE>(y - 1 - r, 0);
    let q = low + above;
    assert(x == q * y + r, "div-mod: not the quotient and the remainder");
    (q, r)
}

/// The quotient and the remainder of x by y, for 0 <= x < p and 1 <= y < p/2: a hint, which proves nothing.
unconstrained fn long_division(x: Field, y: Field) -> (Field, Field) {
    let bits: [bool; 254] = x.to_be_bits();
    let mut times = 0;
    let mut rest = 0;
    for i in 0..254 {
        times *= 2;
        rest = 2 * rest + bits[i] as Field;
        if !rest.lt(y) {
            times += 1;
            rest -= y;
        }
    }
    (times, rest)
}
`;
