// lethe apex plan: its options and its help.
import { Command, InvalidArgumentError, Option } from 'commander';
import type { Run } from '../../exit.ts';
import { defaults } from '../../../../stdlib/apex/defaults.ts';
import type { Keeps, Reregister } from '../../../../stdlib/apex/index.ts';
import { realNumber, wholeNumber, withModel, type Common } from './shared.ts';

export interface PlanCommand extends Common {
  readonly model: string;
  readonly out: string;
  readonly after?: string;
  readonly matrices?: 'fc1' | 'both';
  readonly scope?: string;
  readonly blockSize?: number;
  readonly weightBits: number;
  readonly weightRange: number;
  readonly tolerance?: number;
  readonly keep: Keeps;
  readonly reregister: Reregister;
  readonly link: number | 'all';
}

const most = 2 ** 32 - 1;

/** A number of blocks, or `all`. */
function blocksOfLink(text: string): number | 'all' {
  if (text === 'all') return text;
  try {
    return wholeNumber(1, most)(text);
  } catch {
    throw new InvalidArgumentError(`a whole number from 1 to ${most}, or all`);
  }
}

export function planCommand(run: Run): Command {
  return withModel(new Command('plan'), 'θ_0')
    .requiredOption('--out <folder>', "the provider's folder; its plan.json goes to the clients")
    .option(
      '--after <folder>',
      'the provider whose plan over the same model this one follows: what was masked under it stays 0',
    )
    .addOption(
      new Option(
        '--matrices <which>',
        'of a ViT or an OPT: the first matrix of each MLP, or both',
      ).choices(['fc1', 'both']),
    )
    .option('--scope <file>', 'a scope file, for models with other names')
    .option(
      '--block-size <weights>',
      `weights of a Fisher block, ${defaults.blockSize} unless a scope file says otherwise; at most 64`,
      wholeNumber(1, 64),
    )
    .option('--weight-bits <bits>', 'of a weight', wholeNumber(8, 31), defaults.weightBits)
    .option(
      '--weight-range <limit>',
      'weights lie in [−limit, limit)',
      realNumber(0),
      defaults.weightRange,
    )
    .option(
      '--tolerance <tau>',
      'a power of two; one unit of the weights unless it is said',
      realNumber(0),
    )
    .addOption(
      new Option(
        '--keep <what>',
        "of a client's commitments: the root, or the leaves of all weights, for smaller bundles; 32 bytes a weight are sent and kept for each client",
      )
        .choices(['root', 'leaves'])
        .default('root'),
    )
    .addOption(
      new Option(
        '--reregister <policy>',
        'how a client may replace its registration: not at all; with a proof that the new weights are those that it had unlearned; or at will. Each needs the signature of its former key',
      )
        .choices(['never', 'linked', 'any'])
        .default('linked'),
    )
    .option(
      '--link <blocks>',
      'how many blocks that proof compares, drawn at random by the provider; or all',
      blocksOfLink,
      defaults.link,
    )
    .summary('provider: agree on weights, blocks, formats and the signing key')
    .description(
      'Makes the folder of a provider: a plan that its clients register under, a key that signs windows and receipts, and books. A plan never changes. A model that had a plan in a folder beside this one needs --after: otherwise a new plan could bring back what was forgotten.',
    )
    .addHelpText(
      'after',
      '\nExample:\n  lethe apex plan --model global.safetensors --matrices both --out provider\n  lethe apex plan --model global.safetensors --matrices both --link all --out provider',
    )
    .action((options: PlanCommand) =>
      run(async () => (await import('../../actions/apex/plan.ts')).plan(options)),
    );
}
