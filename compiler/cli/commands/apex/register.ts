// lethe apex register: a client commits to its model and its curvature.
import { Command } from 'commander';
import {
  blockCount,
  checkScope,
  currentLeaves,
  defaults,
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
import { progressReport, realNumber, withModel, type Common, type Run } from './shared.ts';

interface RegisterCommand extends Common {
  readonly plan: string;
  readonly model: string;
  readonly adapter?: string;
  readonly gradients: string;
  readonly client: string;
  readonly damping: number;
  readonly lambda?: number;
  readonly state: string;
  readonly out: string;
}

export function registerCommand(run: Run): Command {
  return withModel(new Command('register'), 'θ_p')
    .requiredOption('--plan <file>', "the provider's plan.json")
    .option('--adapter <path>', 'a LoRA adapter to merge into the model')
    .requiredOption('--gradients <file>', 'per-example gradients of the loss on your own data')
    .requiredOption('--client <name>', 'how the provider calls you')
    .option(
      '--damping <multiple>',
      'λ in multiples of the mean squared gradient',
      realNumber(0),
      defaults.damping,
    )
    .option('--lambda <value>', 'λ itself', realNumber(0))
    .requiredOption('--state <folder>', 'where your secrets are written: keep them, show nobody')
    .requiredOption(
      '--out <file>',
      'the registration for the provider; it hides what it commits to',
    )
    .summary('client: commit to a personal model and its curvature, before any mask')
    .description(
      'Puts the weights in scope and their curvature into fixed point, commits to every Fisher block with a fresh salt, and writes the registration: a root that binds you, and tells nothing. Under a plan with --keep tree the commitments of all blocks go with it, in a file .leaves beside it.',
    )
    .addHelpText(
      'after',
      '\nExample:\n  lethe apex register --plan plan.json --model personal.safetensors --gradients grads.safetensors --client alice --state secret --out registration.json',
    )
    .action((options: RegisterCommand) => run(() => registerClient(options)));
}

async function registerClient(options: RegisterCommand): Promise<Outcome> {
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
