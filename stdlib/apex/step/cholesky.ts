// The upper triangular root R of a positive definite matrix, RᵀR = M, and what is solved with it. Roots are stored by columns, entry
// (i, j) at j n + i: columns are what a block holds, and all sums below run along them.

/**
 * R with RᵀR = M − shift · I; only the upper triangle of M, [n, n] row-major, is read. Undefined where a pivot is not above 0.
 * Where it is defined, no column of R is longer than the root of its diagonal entry M_jj − shift, so no entry can explode.
 */
export function choleskyRoot(
  matrix: Float64Array,
  size: number,
  shift = 0,
): Float64Array | undefined {
  const root = new Float64Array(size * size);
  for (let j = 0; j < size; j++) {
    // Entries above the diagonal, then the pivot.
    const column = j * size;
    let pivot = matrix[column + j]! - shift;
    for (let i = 0; i < j; i++) {
      const other = i * size;
      let entry = matrix[other + j]!;
      for (let t = 0; t < i; t++) entry -= root[other + t]! * root[column + t]!;
      entry /= root[other + i]!;
      root[column + i] = entry;
      pivot -= entry * entry;
    }
    if (!(pivot > 0)) return undefined;
    root[column + j] = Math.sqrt(pivot);
  }
  return root;
}

/** x with RᵀR x = b. */
export function solveWithRoot(root: Float64Array, right: Float64Array): Float64Array {
  const size = right.length;
  const x = Float64Array.from(right);
  for (let j = 0; j < size; j++) {
    const column = j * size;
    for (let t = 0; t < j; t++) x[j]! -= root[column + t]! * x[t]!;
    x[j]! /= root[column + j]!;
  }
  for (let j = size - 1; j >= 0; j--) {
    const column = j * size;
    x[j]! /= root[column + j]!;
    for (let t = 0; t < j; t++) x[t]! -= root[column + t]! * x[j]!;
  }
  return x;
}

/** The upper triangle of M⁻¹ = R⁻¹ R⁻ᵀ, [n, n] row-major; semidefinite in doubles, too. */
export function inverseOfRoot(root: Float64Array, size: number): Float64Array {
  // U = R⁻¹ by rows: U_ij = −Σ_{i ≤ t < j} U_it R_tj / R_jj.
  const inverted = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    const row = i * size;
    inverted[row + i] = 1 / root[row + i]!;
    for (let j = i + 1; j < size; j++) {
      const column = j * size;
      let sum = 0;
      for (let t = i; t < j; t++) sum += inverted[row + t]! * root[column + t]!;
      inverted[row + j] = -sum / root[column + j]!;
    }
  }
  const inverse = new Float64Array(size * size);
  for (let i = 0; i < size; i++)
    for (let j = i; j < size; j++) {
      const [first, second] = [i * size, j * size];
      let sum = 0;
      for (let t = j; t < size; t++) sum += inverted[first + t]! * inverted[second + t]!;
      inverse[first + j] = sum;
    }
  return inverse;
}
