// The k largest of several integers.

export const ranking = `/// The bits of the K largest of x, of equal ones the first. low is no larger than any x_i.
///
/// The keys N * (x_i - low) + N - 1 - i are in the order of x, and no two are equal. K bits of key_i >= threshold are 1,
/// so they are those of the K largest keys, whatever the threshold is. All keys are less than 2^BITS, and 3 * 2^BITS is
/// less than p, which the compiler has checked, so that the differences are those of integers.
pub fn top_k<let N: u32, let K: u32, let BITS: u32>(x: [Field; N], low: Field) -> [Field; N] {
    let mut keys = [0; N];
    for i in 0..N {
        keys[i] = N as Field * (x[i] - low) + (N - 1 - i) as Field;
    }
    // Safety: how many keys it lets pass is asserted.
    let threshold = unsafe { kth_largest::<N, K>(keys) };
    let mut bits = [0; N];
    let mut count = 0;
    for i in 0..N {
        bits[i] = not_negative::<BITS>(keys[i] - threshold);
        count += bits[i];
    }
    assert(count == K as Field, "top-k: not K elements");
    bits
}

/// The key that K - 1 others are larger than: a hint, which proves nothing.
unconstrained fn kth_largest<let N: u32, let K: u32>(keys: [Field; N]) -> Field {
    let mut kth = 0;
    for i in 0..N {
        let mut larger = 0;
        for j in 0..N {
            if keys[i].lt(keys[j]) {
                larger += 1;
            }
        }
        if larger == K - 1 {
            kth = keys[i];
        }
    }
    kth
}
`;
