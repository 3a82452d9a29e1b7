// Square roots of integers.

/** The greatest integer that is not above the square root of x ≥ 0: Newton's method, from above. */
export function floorRoot(x: bigint): bigint {
  if (x < 2n) return x;
  let root = 1n << BigInt((x.toString(2).length + 1) >> 1);
  for (;;) {
    const next = (root + x / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}

export function ceilingRoot(x: bigint): bigint {
  const root = floorRoot(x);
  return root * root === x ? root : root + 1n;
}
