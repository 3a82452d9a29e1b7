// lethe apex plan: its options and its help.
import { Command, Option } from 'commander';
import type { Run } from '../../exit.ts';
import { defaults } from '../../../../stdlib/apex/defaults.ts';
import { formSummaries, type FormName } from '../../../../stdlib/apex/forms/names.ts';
import type { Keeps } from '../../../../stdlib/apex/index.ts';
import { realNumber, wholeNumber, withModel, type Common } from './shared.ts';

export interface PlanCommand extends Common {
  readonly model: string;
  readonly out: string;
  readonly matrices?: 'fc1' | 'both';
  readonly scope?: string;
  readonly blockSize?: number;
  readonly form: FormName;
  readonly rank?: number;
  readonly weightBits: number;
  readonly weightRange: number;
  readonly curvatureBits?: number;
  readonly tolerance?: number;
  readonly keep: Keeps;
}

const formList = Object.entries(formSummaries)
  .map(([name, summary]) => `  ${name.padEnd(8)} ${summary}`)
  .join('\n');

export function planCommand(run: Run): Command {
  return withModel(new Command('plan'), 'θ_0')
    .requiredOption('--out <folder>', "the provider's folder; its plan.json goes to the clients")
    .addOption(
      new Option(
        '--matrices <which>',
        'of a ViT or an OPT: the first matrix of each MLP, or both',
      ).choices(['fc1', 'both']),
    )
    .option('--scope <file>', 'a scope file, for models with other names')
    .option(
      '--block-size <weights>',
      `weights of a Fisher block, ${defaults.blockSize} unless a scope file says otherwise`,
      wholeNumber(1, 4096),
    )
    .addOption(
      new Option('--form <form>', 'of the curvature')
        .choices(Object.keys(formSummaries))
        .default(defaults.form),
    )
    .option('--rank <rows>', 'of a factor, at most the block size', wholeNumber(1, 4096))
    .option('--weight-bits <bits>', 'of a weight', wholeNumber(8, 31), defaults.weightBits)
    .option(
      '--weight-range <limit>',
      'weights lie in [−limit, limit)',
      realNumber(0),
      defaults.weightRange,
    )
    .option('--curvature-bits <bits>', "in place of the form's", wholeNumber(2, 31))
    .option('--tolerance <tau>', "in place of the form's", realNumber(0))
    .addOption(
      new Option(
        '--keep <what>',
        "of a client's commitments: the root, or the tree, for smaller bundles and less to verify; 32 bytes a block are sent once, and 64 kept for each client",
      )
        .choices(['root', 'tree'])
        .default('root'),
    )
    .summary('provider: agree on weights, blocks, formats and the signing key')
    .description(
      'Makes the folder of a provider: a plan that its clients register under, a key that signs windows, and books. A plan never changes.',
    )
    .addHelpText(
      'after',
      `\nForms of the curvature:\n${formList}\n\nExample:\n  lethe apex plan --model global.safetensors --matrices both --out provider`,
    )
    .action((options: PlanCommand) =>
      run(async () => (await import('../../actions/apex/plan.ts')).plan(options)),
    );
}
