// Which claims are refused, where a batch of them can only be accepted or refused as a whole.

/** Whether all of them are accepted; also of none. */
export type Holds<T> = (claims: readonly T[]) => Promise<boolean>;

/** Halves what is refused: one false claim of n takes 2 log n more batches, and not n. In their order. */
export async function refusedAmong<T>(
  claims: readonly T[],
  holds: Holds<T>,
  /** Where it is known already. */
  isRefused = false,
): Promise<readonly T[]> {
  if (claims.length === 0 || (!isRefused && (await holds(claims)))) return [];
  if (claims.length === 1) return claims;
  const middle = claims.length >> 1;
  const first = await refusedAmong(claims.slice(0, middle), holds);
  const second = await refusedAmong(claims.slice(middle), holds, first.length === 0);
  return [...first, ...second];
}
