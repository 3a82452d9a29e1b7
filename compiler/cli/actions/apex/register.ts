// lethe apex register: a client commits to its model and its curvature.
import {
  checkScope,
  leavesFileOf,
  openExampleGradients,
  openModel,
  parsePlan,
  parseWindow,
  readText,
  register,
  registrationDigest,
  registrationDocument,
  sendLeaves,
  weightCount,
  writeDocument,
} from '../../../../stdlib/apex/index.ts';
import { checkWritable } from '../../../files/atomic-write.ts';
import type { Outcome } from '../../exit.ts';
import { progressReport } from './progress-report.ts';
import type { RegisterCommand } from '../../commands/apex/register.ts';

export async function registerClient(options: RegisterCommand): Promise<Outcome> {
  const { client, state: folder, out, damping, lambda } = options;
  await checkWritable(out);
  const plan = parsePlan(await readText(options.plan), options.plan);
  const leaves = plan.keeps === 'leaves' ? leavesFileOf(out) : undefined;
  if (leaves !== undefined) await checkWritable(leaves);
  const window =
    options.window === undefined
      ? undefined
      : parseWindow(await readText(options.window), options.window, plan);
  const model = await openModel(options.model, { adapter: options.adapter });
  checkScope(model, plan.scope);
  const gradients = await openExampleGradients(options.gradients, plan.scope);
  const state = await register({
    plan,
    client,
    model,
    gradients,
    damping: lambda === undefined ? { relative: damping } : { absolute: lambda },
    ...(window === undefined ? {} : { window }),
    folder,
    report: progressReport(),
  });
  if (leaves !== undefined) await sendLeaves(state, leaves);
  await writeDocument(out, registrationDocument(state.registration));
  const sent = leaves === undefined ? 'it' : `it, and ${leaves},`;
  const digest = registrationDigest(state.registration);
  const own = state.registration.damping;
  return {
    exit: 0,
    json: {
      ok: true,
      registration: digest,
      lambda: own,
      window: state.registration.window,
      out,
      ...(leaves === undefined ? {} : { leaves }),
    },
    text: `registration ${digest.slice(0, 16)}… of ${client} in ${out}: ${weightCount(plan.scope)} weights, λ ${own.toPrecision(3)}\nsend ${sent} to the provider, and keep the receipt that it returns; the secrets are in ${folder}\n`,
  };
}
