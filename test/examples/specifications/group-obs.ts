// Group OBS in float64: C' (θ_u − θ) = 0 off the mask, and θ_u = 0 on it, block by block.
import type { Specification } from '../../../compiler/testing/index.ts';

type Matrix = readonly (readonly number[])[];

const rowsOf = (flat: readonly number[], length: number): number[][] =>
  Array.from({ length: flat.length / length }, (_, i) => flat.slice(i * length, (i + 1) * length));

/** x with A x = b, for a positive definite A: Gaussian elimination. */
function solve(matrix: Matrix, rhs: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row, rhs[i]!]);
  for (const [k, pivot] of rows.entries())
    for (const row of rows.slice(k + 1)) {
      const factor = row[k]! / pivot[k]!;
      pivot.forEach((value, j) => (row[j]! -= factor * value));
    }
  const x = new Array<number>(rhs.length).fill(0);
  for (let k = rows.length - 1; k >= 0; k--) {
    const known = rows[k]!.slice(k + 1, -1).reduce((sum, a, j) => sum + a * x[k + 1 + j]!, 0);
    x[k] = (rows[k]!.at(-1)! - known) / rows[k]![k]!;
  }
  return x;
}

function unlearn(weights: readonly number[], mask: readonly number[], curvature: Matrix): number[] {
  const free = [...weights.keys()].filter((i) => mask[i] === 0);
  // The pull of the deleted weights on the others: δ is −θ on the mask.
  const pull = free.map((i) =>
    weights.reduce((sum, theta, j) => sum + mask[j]! * curvature[i]![j]! * theta, 0),
  );
  const inner = free.map((i) => free.map((j) => curvature[i]![j]!));
  const delta = solve(inner, pull);
  return weights.map((theta, i) => (mask[i] === 1 ? 0 : theta + delta[free.indexOf(i)]!));
}

const unlearnBlocks = (
  weights: readonly number[],
  mask: readonly number[],
  curvatures: readonly Matrix[],
): number[] => {
  const size = weights.length / curvatures.length;
  const [thetas, masks] = [rowsOf(weights, size), rowsOf(mask, size)];
  return curvatures.flatMap((curvature, b) => unlearn(thetas[b]!, masks[b]!, curvature));
};

/** C' = I + GᵀG, where G is committed to. */
export const byFactor: Specification<'weights' | 'factor' | 'mask', 'size' | 'rank'> = (
  { weights, factor, mask },
  { parameters: { size, rank } },
) => {
  const curvatures = rowsOf(factor, rank * size).map((block): number[][] => {
    const g = rowsOf(block, size);
    return Array.from({ length: size }, (_, i) =>
      Array.from({ length: size }, (__, j) =>
        g.reduce((sum, row) => sum + row[i]! * row[j]!, i === j ? 1 : 0),
      ),
    );
  });
  const after = unlearnBlocks(weights, mask, curvatures);
  return { before: [...weights], registered: [...factor], after };
};

/** C' as its triangle, row by row. */
const ofTriangles = (curvature: readonly number[], size: number): number[][][] =>
  rowsOf(curvature, (size * (size + 1)) / 2).map((triangle) => {
    const at = (i: number, j: number): number =>
      i > j ? at(j, i) : triangle[i * size - (i * (i - 1)) / 2 + j - i]!;
    return Array.from({ length: size }, (_, i) =>
      Array.from({ length: size }, (__, j) => at(i, j)),
    );
  });

type FromCurvature = Specification<'weights' | 'curvature' | 'mask', 'size'>;

export const byCurvature: FromCurvature = (inputs, { parameters: { size } }) => {
  const { weights, curvature, mask } = inputs;
  const after = unlearnBlocks(weights, mask, ofTriangles(curvature, size));
  return { before: [...weights], registered: [...curvature], after };
};

/** Where a root certifies C', too: it says nothing of the result. */
export const byCertified: Specification<'weights' | 'curvature' | 'root' | 'mask', 'size'> = (
  inputs,
  context,
) => byCurvature(inputs, context);

/** K = φ I + RᵀR for the triangle of R: θ_u = θ − K_S K_SS⁻¹ θ_S. */
export const byInverse: Specification<'weights' | 'root' | 'mask', 'size'> = (
  { weights, root, mask },
  { parameters: { size } },
) => {
  const [thetas, masks] = [rowsOf(weights, size), rowsOf(mask, size)];
  const after = rowsOf(root, (size * (size + 1)) / 2).flatMap((triangle, b) => {
    const r = (k: number, i: number): number =>
      k > i ? 0 : triangle[k * size - (k * (k - 1)) / 2 + i - k]!;
    const K = Array.from({ length: size }, (_, i) =>
      Array.from({ length: size }, (__, j) =>
        Array.from({ length: size }, (___, k) => r(k, i) * r(k, j)).reduce(
          (sum, each) => sum + each,
          i === j ? 2 ** -1 : 0,
        ),
      ),
    );
    const masked = [...thetas[b]!.keys()].filter((i) => masks[b]![i] === 1);
    const inner = masked.map((i) => masked.map((j) => K[i]![j]!));
    const multipliers = solve(
      inner,
      masked.map((i) => -thetas[b]![i]!),
    );
    return thetas[b]!.map((theta, i) =>
      masked.includes(i)
        ? 0
        : masked.reduce((sum, j, at) => sum + K[i]![j]! * multipliers[at]!, theta),
    );
  });
  return { before: [...weights], registered: [...root], after };
};

export const unlearned: FromCurvature = (
  { weights, curvature, mask },
  { parameters: { size } },
) => ({
  unlearned: unlearnBlocks(weights, mask, ofTriangles(curvature, size)),
});
