// lethe apex plan: what provider and clients agree on.
import {
  blockCount,
  createProvider,
  deriveEpsilon,
  makePlan,
  openModel,
  openScope,
  planDigest,
  weightCount,
  type Epsilon,
} from '../../../../stdlib/apex/index.ts';
import type { Outcome } from '../../exit.ts';
import type { PlanCommand } from '../../commands/apex/plan.ts';

export async function plan(options: PlanCommand): Promise<Outcome> {
  const { form, rank, weightBits, weightRange, curvatureBits, tolerance, keep, out } = options;
  const model = await openModel(options.model);
  const scope = await openScope(model, {
    matrices: options.matrices,
    scopeFile: options.scope,
    blockSize: options.blockSize,
  });
  let epsilon: Epsilon = { block: Infinity, model: Infinity };
  const provider = await createProvider(out, async (signer) => {
    const choices = { form, rank, weightBits, weightRange, curvatureBits, tolerance, keeps: keep };
    const plan = await makePlan({ model, scope, ...choices, signer });
    epsilon = deriveEpsilon(plan.step, blockCount(scope));
    return plan;
  });
  const weights = weightCount(scope);
  const digest = planDigest(provider.plan);
  return {
    exit: 0,
    json: { ok: true, plan: digest, weights, blocks: blockCount(scope), epsilon, out },
    text: `plan ${digest.slice(0, 16)}… in ${out}: ${scope.tensors.length} matrices, ${weights} weights in ${blockCount(scope)} blocks, form ${form}; ε ${epsilon.block.toExponential(1)} a block\nsend ${out}/plan.json to the clients; keep the rest\n`,
  };
}
