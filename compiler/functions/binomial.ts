// Binomial coefficients and factorials, exactly.

/** Rows of Pascal's triangle. */
const rows: (readonly bigint[])[] = [[1n]];

export function binomial(n: number, k: number): bigint {
  while (rows.length <= n) {
    const last = rows.at(-1)!;
    rows.push([1n, ...last.map((value, i) => value + (last[i + 1] ?? 0n))]);
  }
  return rows[n]![k]!;
}

export function factorial(n: number): bigint {
  let result = 1n;
  for (let k = 2n; k <= n; k++) result *= k;
  return result;
}
