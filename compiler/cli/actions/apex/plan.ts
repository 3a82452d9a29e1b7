// lethe apex plan: what provider and clients agree on.
import {
  blockCount,
  blockEpsilon,
  createProvider,
  makePlan,
  makeSpec,
  openModel,
  openScope,
  planDigest,
  weightCount,
} from '../../../../stdlib/apex/index.ts';
import type { Outcome } from '../../exit.ts';
import type { PlanCommand } from '../../commands/apex/plan.ts';

export async function plan(options: PlanCommand): Promise<Outcome> {
  const { weightBits, weightRange, tolerance, keep: keeps, after: predecessor, out } = options;
  const model = await openModel(options.model);
  const scope = await openScope(model, {
    matrices: options.matrices,
    scopeFile: options.scope,
    blockSize: options.blockSize,
  });
  const size = scope.blockSize;
  const step = makeSpec({
    size,
    weightBits,
    weightRange,
    ...(tolerance === undefined ? {} : { tolerance }),
  });
  const provider = await createProvider(out, (signer) =>
    makePlan({ model, scope, step, keeps, predecessor, signer }),
  );
  const [weights, blocks] = [weightCount(scope), blockCount(scope)];
  const digest = planDigest(provider.plan);
  // A block that is masked whole is the worst.
  const epsilon = blockEpsilon(step, size);
  const before = provider.plan.predecessor;
  return {
    exit: 0,
    json: {
      ok: true,
      plan: digest,
      weights,
      blocks,
      blockSize: size,
      epsilon,
      ...(before === undefined ? {} : { after: before.plan }),
      out,
    },
    text: `plan ${digest.slice(0, 16)}… in ${out}: ${scope.tensors.length} matrices, ${weights} weights in ${blocks} blocks of at most ${size}; ε at most ${epsilon.toExponential(1)} a block\nsend ${out}/plan.json to the clients; keep the rest\n`,
  };
}
