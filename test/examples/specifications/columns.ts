// Group OBS by the columns of masked entries, in exact integers: −τ ≤ K_SS ν − θ_S < τ.
import type { Specification } from '../../../compiler/testing/index.ts';

/** From units of a weight to units of a residual, 2⁻⁴⁴. */
export const residualShift = 24n;
/** τ in these units. */
export const limit = 2n ** 24n;
const damping = 2n ** 14n;

const parts = <T>(all: readonly T[], length: number): T[][] =>
  Array.from({ length: all.length / length }, (_, i) => all.slice(i * length, (i + 1) * length));

/** K_SS ν, for the entries of some blocks. */
export function columnImages(
  {
    root,
    multipliers,
  }: { readonly root: readonly bigint[]; readonly multipliers: readonly bigint[] },
  { masked, size }: { readonly masked: number; readonly size: number },
): bigint[] {
  const blocks = parts(parts(root, size), masked);
  return parts(multipliers, masked).flatMap((own, b) =>
    blocks[b]!.map((a, i) =>
      blocks[b]!.reduce((sum, c, j) => {
        const entry = a.reduce((total, each, k) => total + each * c[k]!, i === j ? damping : 0n);
        return sum + entry * own[j]!;
      }, 0n),
    ),
  );
}

export const byColumns: Specification<'weights' | 'root' | 'multipliers', 'masked' | 'size'> = (
  { weights, root, multipliers },
  { parameters, integers },
) => {
  const residuals = columnImages(integers, parameters).map(
    (image, i) => image - (integers.weights[i]! << residualShift),
  );
  if (residuals.some((each) => each < -limit || each >= limit)) return undefined;
  return { masked: [...weights], registered: [...root], answer: [...multipliers] };
};
