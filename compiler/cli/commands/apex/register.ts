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
  readonly key?: string;
  readonly replaces?: string;
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
      '--key <file>',
      'your Ed25519 key, a PEM file (PKCS#8), which is copied into the state; a new one is made unless it is said, or --replaces has one',
    )
    .option(
      '--replaces <folder>',
      'the state of your registration that this one replaces: its key consents',
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
      'Puts the weights in scope and their curvature into fixed point, commits to every weight, and writes the registration: a root that binds you, and tells nothing. What could make a proof fail under some mask is refused now, and not later. Under a plan with --keep leaves the commitments of all weights go with it, in a file .leaves beside it. Hashes on all cores. May be interrupted: run it again with the same inputs. A new registration takes a new --state folder. With --replaces, and unless the plan says --reregister any, the weights in scope are those of the replaced state after the last window, which has to be answered before: --model gives the tensors out of scope alone. The replaced state is erased when the receipt of the new registration is kept.',
    )
    .addHelpText(
      'after',
      '\nExample:\n  lethe apex register --plan plan.json --model personal.safetensors --gradients grads.safetensors --client alice --state secret --out registration.json\n  lethe apex register --plan plan.json --model unlearned.safetensors --gradients newer.safetensors --client alice --window window.json --replaces secret --state secret-2 --out registration-2.json',
    )
    .action((options: RegisterCommand) =>
      run(async () => (await import('../../actions/apex/register.ts')).registerClient(options)),
    );
}
