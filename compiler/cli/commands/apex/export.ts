// lethe apex export: its options and its help.
import { Command } from 'commander';
import type { Run } from '../../exit.ts';
import { withModel, withState, type Common } from './shared.ts';

export interface ExportCommand extends Common {
  readonly state: string;
  readonly model: string;
  readonly adapter?: string;
  readonly out: string;
}

export function exportCommand(run: Run): Command {
  return withState(withModel(new Command('export'), 'θ_p as it was registered'))
    .option('--adapter <path>', 'the LoRA adapter that was merged at registration')
    .requiredOption('--out <path>', 'a .safetensors file, or a folder for a model of several files')
    .summary('client: write the model as it is now')
    .description(
      "Writes the weights of the state, after its last window, into the layout of the model; tensors out of scope are copied byte by byte. Weights in scope are the very numbers that the client's commitments define.",
    )
    .addHelpText(
      'after',
      '\nExample:\n  lethe apex export --state secret --model personal.safetensors --out unlearned.safetensors',
    )
    .action((options: ExportCommand) =>
      run(async () => (await import('../../actions/apex/export.ts')).exportUnlearned(options)),
    );
}
