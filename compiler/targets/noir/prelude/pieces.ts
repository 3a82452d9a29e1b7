// Which of several pieces holds an integer.

export const pieces = `/// The number of the piece from firsts[i] to lasts[i] that holds x. Pieces have at most 2^BITS integers, and no two have one in
/// common, so there is one such i, whatever the hint says. An x that is an integer of the range that the compiler has
/// checked cannot be below firsts[i] and pass, nor above lasts[i].
pub fn piece<let N: u32, let BITS: u32>(x: Field, firsts: [Field; N], lasts: [Field; N]) -> u32 {
    // Safety: that the piece holds x is asserted.
    let i = unsafe { find_piece(x, firsts) };
    at_least::<BITS>(x, firsts[i]);
    at_most::<BITS>(x, lasts[i]);
    i
}

/// The last piece that does not start after x: a hint, which proves nothing.
unconstrained fn find_piece<let N: u32>(x: Field, firsts: [Field; N]) -> u32 {
    let mut found = 0;
    for i in 0..N {
        if !(x - firsts[0]).lt(firsts[i] - firsts[0]) {
            found = i;
        }
    }
    found
}
`;
