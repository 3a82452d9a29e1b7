// lethe apex register: a client commits to its model and its curvature.
import {
  blockCount,
  checkScope,
  currentLeaves,
  leavesFileOf,
  openExampleGradients,
  openModel,
  parsePlan,
  readText,
  register,
  registrationDigest,
  registrationDocument,
  writeDocument,
  writeLeaves,
} from '../../../../stdlib/apex/index.ts';
import { checkWritable } from '../../../files/atomic-write.ts';
import type { Outcome } from '../../exit.ts';
import { progressReport } from './progress-report.ts';
import type { RegisterCommand } from '../../commands/apex/register.ts';

export async function registerClient(options: RegisterCommand): Promise<Outcome> {
  const { client, state: folder, out, damping, lambda } = options;
  await checkWritable(out);
  const plan = parsePlan(await readText(options.plan), options.plan);
  const leaves = plan.keeps === 'tree' ? leavesFileOf(out) : undefined;
  if (leaves !== undefined) await checkWritable(leaves);
  const model = await openModel(options.model, { adapter: options.adapter });
  checkScope(model, plan.scope);
  const gradients = await openExampleGradients(options.gradients, plan.scope);
  const state = await register({
    plan,
    client,
    model,
    gradients,
    damping: lambda === undefined ? { relative: damping } : { absolute: lambda },
    folder,
    report: progressReport(),
  });
  if (leaves !== undefined) await writeLeaves(leaves, await currentLeaves(state));
  await writeDocument(out, registrationDocument(state.registration));
  const sent = leaves === undefined ? 'it' : `it, and ${leaves},`;
  const digest = registrationDigest(state.registration);
  return {
    exit: 0,
    json: {
      ok: true,
      registration: digest,
      lambda: state.registration.damping,
      out,
      ...(leaves === undefined ? {} : { leaves }),
    },
    text: `registration ${digest.slice(0, 16)}… of ${client} in ${out}: ${blockCount(plan.scope)} blocks, λ ${state.registration.damping.toPrecision(3)}\nsend ${sent} to the provider; the secrets are in ${folder}\n`,
  };
}
