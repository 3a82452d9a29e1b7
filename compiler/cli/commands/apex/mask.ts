// lethe apex mask: which weights a request to forget deletes.
import { Command, Option } from 'commander';
import {
  chooseMask,
  defaults,
  maskDocument,
  openForgetStatistics,
  openModel,
  openProvider,
  touchedBlocks,
  writeDocument,
  blockCount,
  type Score,
} from '../../../../stdlib/apex/index.ts';
import { checkWritable } from '../../../files/atomic-write.ts';
import {
  progressReport,
  realNumber,
  withModel,
  withProvider,
  type Common,
  type Run,
} from './shared.ts';

interface MaskCommand extends Common {
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
      'Scores every weight in scope on the forget set, S_i = −g_i θ_i + ½ c_i θ_i², and masks the highest ones of all matrices together.',
    )
    .addHelpText(
      'after',
      '\nExample:\n  lethe apex mask --provider provider --model global.safetensors --statistics forget.safetensors --budget 0.04 --out mask.json',
    )
    .action((options: MaskCommand) =>
      run(async () => {
        const { budget, score, fisherDamping: damping, out } = options;
        await checkWritable(out);
        const { plan } = await openProvider(options.provider);
        const model = await openModel(options.model);
        const statistics = await openForgetStatistics(options.statistics, plan.scope);
        const report = progressReport();
        const mask = await chooseMask({ plan, model, statistics, score, budget, damping, report });
        await writeDocument(out, maskDocument(mask));
        const touched = touchedBlocks(plan.scope, mask.bits).length;
        const blocks = blockCount(plan.scope);
        return {
          exit: 0,
          json: { ok: true, masked: mask.masked, touched, blocks, out },
          text: `${mask.masked} weights masked, in ${touched} of ${blocks} blocks: ${out}\nissue it with \`lethe apex window ${out}\` when all registrations are in\n`,
        };
      }),
    );
}
