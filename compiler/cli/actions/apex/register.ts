// lethe apex register: a client commits to its model and its curvature.
import {
  checkScope,
  leavesFileOf,
  openExampleGradients,
  openModel,
  parsePlan,
  parseSigningKey,
  planLimits,
  readText,
  readWindowOf,
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
  const { client, state: folder, out, damping, lambda, replaces } = options;
  await checkWritable(out);
  const plan = parsePlan(await readText(options.plan, planLimits), options.plan);
  const leaves = plan.keeps === 'leaves' ? leavesFileOf(out) : undefined;
  if (leaves !== undefined) await checkWritable(leaves);
  const window =
    options.window === undefined ? undefined : await readWindowOf(plan, options.window);
  const key =
    options.key === undefined
      ? {}
      : { key: parseSigningKey(await readText(options.key), options.key) };
  const model = await openModel(options.model, { adapter: options.adapter });
  checkScope(model, plan.scope);
  const gradients = await openExampleGradients(options.gradients, plan.scope);
  let other = 0;
  const state = await register({
    plan,
    client,
    model,
    gradients,
    damping: lambda === undefined ? { relative: damping } : { absolute: lambda },
    ...(window === undefined ? {} : { window }),
    ...key,
    ...(replaces === undefined ? {} : { replaces }),
    onOtherWeights: (count) => (other = count),
    folder,
    report: progressReport(),
  });
  if (leaves !== undefined) await sendLeaves(state, leaves);
  await writeDocument(out, registrationDocument(state.registration));
  const sent = leaves === undefined ? 'it' : `it, and ${leaves},`;
  const digest = registrationDigest(state.registration);
  const own = state.damping;
  const warned =
    other === 0
      ? ''
      : `warning: ${other} weights of the model are not registered: the registration continues ${replaces}, with the weights that its last window left\n`;
  return {
    exit: 0,
    json: {
      ok: true,
      registration: digest,
      lambda: own,
      window: state.registration.window,
      signer: state.registration.signer,
      replaces: state.registration.replaces,
      otherWeights: other,
      out,
      ...(leaves === undefined ? {} : { leaves }),
    },
    text: `${warned}registration ${digest.slice(0, 16)}… of ${client} in ${out}: ${weightCount(plan.scope)} weights, λ ${own.toPrecision(3)}\nsend ${sent} to the provider, and keep the receipt that it returns; the secrets are in ${folder}\n`,
  };
}
