// Roots of polynomials, and polynomials at integers.

export const roots = `/// p_0 + p_1 t + p_2 t^2 + ...
pub fn polynomial<let N: u32>(p: [Field; N], t: Field) -> Field {
    let mut value = p[N - 1];
    for k in 1..N {
        value = value * t + p[N - 1 - k];
    }
    value
}

/// The x with low <= x < low + 2^BITS and P(t) <= 0 < P(t + unit), t = unit * x - unit + 1. P is the polynomial of p.
///
/// P(t) increases with x on all x that pass, and P(t + unit) is its value at x + 1, so x is the only one. P increases by at most
/// 2^STEP from the one to the other at the root. Integers from P's least value to 2^STEP are less than p apart. The compiler has
/// checked all three.
pub fn root<let N: u32, let BITS: u32, let STEP: u32>(p: [Field; N], low: Field, high: Field, unit: Field) -> Field {
    // Safety: x is range-checked, and the signs of both values are asserted.
    let x = unsafe { first_past::<N, BITS>(p, low, high, unit) };
    at_least::<BITS>(x, low);
    let t = unit * x - unit + 1;
    at_least::<STEP>(-polynomial(p, t), 0);
    at_least::<STEP>(polynomial(p, t + unit), 1);
    x
}

/// The first x from low to high with P(t + unit) > 0, bit by bit, high where there is none: a hint, which proves nothing.
unconstrained fn first_past<let N: u32, let BITS: u32>(p: [Field; N], low: Field, high: Field, unit: Field) -> Field {
    let mut above = 0;
    for i in 0..BITS {
        let next = above + 2.pow_32((BITS - 1 - i) as Field);
        // P(t + unit) one before low + next. Elements of positive integers are below (p + 1) / 2, which is the element 1 / 2.
        let value = polynomial(p, unit * (low + next - 1) + 1);
        let positive = (value != 0) & value.lt(1 / 2);
        if !positive & !(high - low).lt(next) {
            above = next;
        }
    }
    low + above
}
`;
