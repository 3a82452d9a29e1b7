// Short vectors of integer lattices: what an attacker uses to find small numbers that satisfy an equation modulo p.

type Vector = readonly bigint[];

const dot = (a: Vector, b: Vector): bigint => a.reduce((sum, x, i) => sum + x * b[i]!, 0n);

/** a / b, to the nearest integer, for b > 0. */
function nearest(a: bigint, b: bigint): bigint {
  const doubled = 2n * a + b;
  const rest = ((doubled % (2n * b)) + 2n * b) % (2n * b);
  return (doubled - rest) / (2n * b);
}

/** A basis of the same lattice of short vectors: Lenstra, Lenstra and Lovász, in integers (Cohen, algorithm 2.6.7). */
export function reduced(basis: readonly Vector[]): bigint[][] {
  const b = basis.map((row) => [...row]);
  const n = b.length;
  // d_i: the square of the volume of the first i vectors; l_ij = d_(j+1) · μ_ij.
  const d = [1n, ...new Array<bigint>(n).fill(0n)];
  const l = b.map(() => new Array<bigint>(n).fill(0n));
  const orthogonalize = (k: number): void => {
    for (let j = 0; j <= k; j++) {
      let u = dot(b[k]!, b[j]!);
      for (let i = 0; i < j; i++) u = (d[i + 1]! * u - l[k]![i]! * l[j]![i]!) / d[i]!;
      if (j < k) l[k]![j] = u;
      else d[k + 1] = u;
    }
  };
  const shorten = (k: number, by: number): void => {
    const q = nearest(l[k]![by]!, d[by + 1]!);
    if (q === 0n) return;
    b[k] = b[k]!.map((x, i) => x - q * b[by]![i]!);
    l[k]![by]! -= q * d[by + 1]!;
    for (let i = 0; i < by; i++) l[k]![i]! -= q * l[by]![i]!;
  };
  let [k, most] = [1, 0];
  orthogonalize(0);
  while (k < n) {
    if (k > most) orthogonalize((most = k));
    shorten(k, k - 1);
    const m = l[k]![k - 1]!;
    if (4n * (d[k + 1]! * d[k - 1]! + m * m) >= 3n * d[k]! * d[k]!) {
      for (let j = k - 2; j >= 0; j--) shorten(k, j);
      k++;
      continue;
    }
    [b[k], b[k - 1]] = [b[k - 1]!, b[k]!];
    for (let j = 0; j < k - 1; j++) [l[k]![j], l[k - 1]![j]] = [l[k - 1]![j]!, l[k]![j]!];
    const volume = (d[k - 1]! * d[k + 1]! + m * m) / d[k]!;
    for (let i = k + 1; i <= most; i++) {
      const t = l[i]![k]!;
      l[i]![k] = (d[k + 1]! * l[i]![k - 1]! - m * t) / d[k]!;
      l[i]![k - 1] = (volume * t + m * l[i]![k]!) / d[k + 1]!;
    }
    d[k] = volume;
    k = Math.max(1, k - 1);
  }
  return b;
}

/** A vector of the lattice near the target: the basis' vectors are taken away, the last one first (Babai). */
export function nearTo(target: Vector, basis: readonly Vector[]): bigint[] {
  const n = basis.length;
  let rest = [...target];
  for (let i = n - 1; i >= 0; i--) {
    // The part of the rest along what of basis[i] is orthogonal to those before it, by Gram determinants.
    const own = basis.slice(0, i + 1);
    const gram = (last: Vector): bigint =>
      determinant(own.map((row) => own.map((column, c) => dot(row, c === i ? last : column))));
    const q = nearest(gram(rest), gram(basis[i]!));
    rest = rest.map((x, at) => x - q * basis[i]![at]!);
  }
  return target.map((x, at) => x - rest[at]!);
}

/** By Bareiss' elimination without fractions. */
function determinant(rows: readonly Vector[]): bigint {
  const m = rows.map((row) => [...row]);
  let before = 1n;
  for (let k = 0; k < m.length - 1; k++) {
    for (let i = k + 1; i < m.length; i++)
      for (let j = k + 1; j < m.length; j++)
        m[i]![j] = (m[i]![j]! * m[k]![k]! - m[i]![k]! * m[k]![j]!) / before;
    before = m[k]![k]!;
  }
  return m.at(-1)!.at(-1)!;
}
