// Group OBS in the form `factor`: C' = I + GᵀG for scaled gradients G, symmetric with λ_min ≥ 1 by construction. 2 r d
// products a block of d weights; d (d + 1) of them where G is triangular. The weights after are the solution itself:
// C' (θ_u − θ) = 0 off the mask, θ_u = 0 on it.
import { solveGram, type Tensor } from '../../dsl/index.ts';
import { assertCleared, assertResiduals, type Claim } from './claim.ts';
import type { Step } from './step.ts';

export interface GroupObsByFactor extends Omit<Step, 'updateFormat'> {
  /** G, [blocks, r, size]. Its fractional bits are the curvature's precision; every G is a curvature. */
  readonly factor: Tensor;
}

/** θ_u as `groupObs` gives it. θ_u − θ is at most √d · τ from the exact update for C' = I + GᵀG (2-norm, a block). */
export function groupObsByFactor({ weights, mask, factor, tolerance }: GroupObsByFactor): Tensor {
  return solveGram({
    factor,
    damping: 1,
    pinned: { mask, values: 0 },
    origin: weights,
    format: weights.format,
    ...(tolerance === undefined ? {} : { tolerance }),
  });
}

/** The relation of `groupObsByFactor` for θ_u that are claimed: d = θ_u − θ, and |d + Gᵀ(G d)| ≤ τ off the mask. */
export function assertGroupObsByFactor({
  factor,
  ...claim
}: Claim & Pick<GroupObsByFactor, 'factor'>): void {
  const moved = assertCleared(claim).sub(claim.weights);
  const images = factor.contract('bkj,bj->bk', moved);
  assertResiduals(claim, (indices) =>
    factor
      .gather({ axis: 2, indices })
      .contract('bki,bk->bi', images)
      .add(moved.gather({ axis: 1, indices })),
  );
}
