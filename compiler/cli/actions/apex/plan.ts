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
  type Reregister,
} from '../../../../stdlib/apex/index.ts';
import { detection } from '../../../../stdlib/apex/link/detection.ts';
import type { Outcome } from '../../exit.ts';
import type { PlanCommand } from '../../commands/apex/plan.ts';

export async function plan(options: PlanCommand): Promise<Outcome> {
  const { weightBits, weightRange, tolerance, keep: keeps, after: predecessor, out } = options;
  const { reregister, link } = options;
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
    makePlan({ model, scope, step, keeps, reregister, link, predecessor, signer }),
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
      reregister,
      link,
      ...(before === undefined ? {} : { after: before.plan }),
      out,
    },
    text: `plan ${digest.slice(0, 16)}… in ${out}: ${scope.tensors.length} matrices, ${weights} weights in ${blocks} blocks of at most ${size}; ε at most ${epsilon.toExponential(1)} a block\n${policyText(reregister, { blocks, link })}\nsend ${out}/plan.json to the clients; keep the rest\n`,
  };
}

const policies: Readonly<Record<Reregister, string>> = {
  never: 'no client may register anew',
  linked: 'a client that registers anew proves that it continues its former registration',
  any: 'a client may register anew with any weights, if its former key consents',
};

/** The fraction of blocks of which is said how likely cheating in them is caught. */
const fraction = 0.05;

function policyText(
  policy: Reregister,
  { blocks, link }: { readonly blocks: number; readonly link: number | 'all' },
): string {
  if (policy !== 'linked') return policies[policy];
  const compared = link === 'all' ? blocks : Math.min(link, blocks);
  const chance = detection({ blocks, cheated: Math.ceil(fraction * blocks), sampled: link });
  const percent = Math.floor(chance * 1000 + 1e-9) / 10;
  return `${policies.linked}, on ${compared} of ${blocks} blocks: cheating in ${100 * fraction} % of them is caught with a probability of ${percent} %`;
}
