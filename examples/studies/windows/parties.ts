// The demo's parties out of their files: a plan with blocks of a size, what the client registers with, and the provider's masks.
import { readInputs } from '../../../stdlib/apex/client/registration-inputs.ts';
import { defaults } from '../../../stdlib/apex/defaults.ts';
import {
  generateSigningKey,
  maskPositions,
  publicKeyOf,
  readSigningKey,
  type Plan,
} from '../../../stdlib/apex/documents/index.ts';
import {
  openExampleGradients,
  openForgetStatistics,
  openModel,
  openScope,
} from '../../../stdlib/apex/model/index.ts';
import { chooseMask } from '../../../stdlib/apex/provider/mask.ts';
import { makePlan } from '../../../stdlib/apex/provider/plan.ts';
import { silent } from '../../../stdlib/apex/report.ts';
import { makeSpec } from '../../../stdlib/apex/step/index.ts';
import {
  clientGradients,
  forgetStatistics,
  globalModel,
  personalModel,
  type Folders,
} from '../../unlearn-digits/files.ts';
import type { Clients } from './clients.ts';

export async function openClients(folders: Folders): Promise<Clients> {
  const { blockSize: size, weightBits, weightRange, damping: relative } = defaults;
  const global = await openModel(globalModel(folders));
  const scope = await openScope(global, { matrices: 'both', blockSize: size });
  const step = makeSpec({ size, weightBits, weightRange });
  const signer = publicKeyOf(readSigningKey(generateSigningKey()));
  const plan = await makePlan({ model: global, scope, step, signer });
  const model = await openModel(personalModel(folders));
  const gradients = await openExampleGradients(clientGradients(folders), scope);
  const own = { plan, model, gradients };
  const { damping } = await readInputs({ ...own, client: 'client', damping: { relative } }, silent);
  return { ...own, damping };
}

/** The positions that the provider masks for the forget set of its folder. `budget` is a part of the weights in scope. */
export async function maskedFor(
  plan: Plan,
  folders: Folders,
  budget: number,
): Promise<Uint32Array> {
  const { score, fisherDamping: damping } = defaults;
  const model = await openModel(globalModel(folders));
  const statistics = await openForgetStatistics(forgetStatistics(folders), plan.scope);
  const mask = await chooseMask({ plan, model, statistics, score, budget, damping });
  return maskPositions(plan.scope, mask);
}
