// The weights that clients of one θ_p and one curvature have after a window, by the epoch in which they registered and by what they
// compensated for: blocks as `lethe apex register` makes them, and θ_u by its definition. Nothing is committed to or proved.
import { fractionOf } from '../../../compiler/ir/format.ts';
import { RegisteredBlocks } from '../../../stdlib/apex/client/registered-blocks.ts';
import {
  deadByBlock,
  liveBlocks,
  noHistory,
  type History,
} from '../../../stdlib/apex/documents/history.ts';
import type { Plan } from '../../../stdlib/apex/documents/plan.ts';
import {
  blockNumbering,
  weightCount,
  type ExampleGradients,
  type Model,
} from '../../../stdlib/apex/model/index.ts';
import { solveMultipliers, unlearnedBlock } from '../../../stdlib/apex/step/index.ts';

export interface Registered {
  /** That the receipt says: positions that were masked before are dead. */
  readonly epoch: number;
  /** The windows that were known when it registered (`lethe apex register --window`). */
  readonly known?: History;
}

export interface Clients {
  readonly plan: Plan;
  /** θ_p. */
  readonly model: Model;
  readonly gradients: ExampleGradients;
  /** λ. */
  readonly damping: number;
}

/** θ_u after a window with this history, by positions of the scope. */
export async function unlearnedBy(
  { plan, ...inputs }: Clients,
  { epoch, known = noHistory }: Registered,
  window: History,
): Promise<Float64Array> {
  // All that is known was masked before the epoch.
  const compensated = deadByBlock(plan, known, epoch);
  const blocks = new RegisteredBlocks({ plan, ...inputs, dead: compensated });
  const live = new Map(liveBlocks(plan, window, epoch).map((each) => [each.number, each.live]));
  const dead = deadByBlock(plan, window, epoch);
  const numbering = blockNumbering(plan.scope);
  const count = weightCount(plan.scope);
  const unlearned = new Float64Array(count);
  const unit = 2 ** -fractionOf(plan.step.weights);
  for await (const { block, ...held } of blocks.covering(0, count)) {
    const { number } = numbering.of(block.first);
    const own = live.get(number) ?? [];
    const multipliers = solveMultipliers(plan.step, held, own);
    const step = { live: own, dead: dead.get(number) ?? [], multipliers };
    unlearnedBlock(plan.step, held, step).forEach((value, i) => {
      unlearned[block.first + i] = value * unit;
    });
  }
  return unlearned;
}
