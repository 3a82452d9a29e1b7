// lethe apex register: its options and its help.
import { Command } from 'commander';
import type { Run } from '../../exit.ts';
import { defaults } from '../../../../stdlib/apex/defaults.ts';
import { realNumber, withModel, type Common } from './shared.ts';

export interface RegisterCommand extends Common {
  readonly plan: string;
  readonly model: string;
  readonly adapter?: string;
  readonly gradients: string;
  readonly client: string;
  readonly window?: string;
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
      '--window <file>',
      'the newest window of the plan, where there is one: its weights are 0 for you from the start, and the others are compensated for them',
    )
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
      'Puts the weights in scope and their curvature into fixed point, commits to every weight, and writes the registration: a root that binds you, and tells nothing. What could make a proof fail under some mask is refused now, and not later. Under a plan with --keep leaves the commitments of all weights go with it, in a file .leaves beside it. Hashes on all cores. May be interrupted: run it again with the same inputs. A new registration takes a new --state folder.',
    )
    .addHelpText(
      'after',
      '\nExample:\n  lethe apex register --plan plan.json --model personal.safetensors --gradients grads.safetensors --client alice --state secret --out registration.json',
    )
    .action((options: RegisterCommand) =>
      run(async () => (await import('../../actions/apex/register.ts')).registerClient(options)),
    );
}
