// lethe apex mask: its options and its help.
import { Command, Option } from 'commander';
import type { Run } from '../../exit.ts';
import { defaults } from '../../../../stdlib/apex/defaults.ts';
import type { Score } from '../../../../stdlib/apex/index.ts';
import { realNumber, withModel, withProvider, type Common } from './shared.ts';

export interface MaskCommand extends Common {
  readonly provider: string;
  readonly model: string;
  readonly statistics: string;
  readonly budget: number;
  readonly score: Score;
  readonly fisherDamping: number;
  readonly out: string;
}

export function maskCommand(run: Run): Command {
  return withProvider(withModel(new Command('mask'), 'θ_0'))
    .requiredOption('--statistics <file>', 'mean gradient and diagonal Fisher on the forget set')
    .requiredOption('--budget <fraction>', 'of the weights in scope', realNumber(0, 1))
    .addOption(
      new Option('--score <score>', 'eq. 15, or divided by the same on retained data')
        .choices(['saliency', 'ratio'])
        .default(defaults.score),
    )
    .option(
      '--fisher-damping <value>',
      'added to the diagonal Fisher',
      realNumber(0),
      defaults.fisherDamping,
    )
    .requiredOption('--out <file>', 'the mask; keep it until it is issued as a window')
    .summary('provider: choose the weights to delete')
    .description(
      'Scores every weight in scope on the forget set, S_i = −g_i θ_i + ½ c_i θ_i², and masks the highest ones of all matrices together. Show the mask to nobody before its window is issued: a client that knows it could fit a curvature to it.',
    )
    .addHelpText(
      'after',
      '\nExample:\n  lethe apex mask --provider provider --model global.safetensors --statistics forget.safetensors --budget 0.04 --out mask.json',
    )
    .action((options: MaskCommand) =>
      run(async () => (await import('../../actions/apex/mask.ts')).mask(options)),
    );
}
