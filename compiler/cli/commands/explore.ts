// lethe explore: its options and its help.
import { Command, InvalidArgumentError, Option } from 'commander';
import type { Run } from '../exit.ts';
import {
  costs,
  qualities,
  type CostName,
  type QualityName,
} from '../../../stdlib/apex/explore/front.ts';
import { defaultSpace } from '../../../stdlib/apex/explore/space.ts';
import { parseMemorySize } from '../../prover/memory-size.ts';
import { realNumber } from './apex/shared.ts';

export interface ExploreOptions {
  readonly epsilon: number;
  readonly memory: number;
  readonly masked: number;
  readonly cost: CostName;
  readonly against: QualityName;
  readonly sizes: number[];
  readonly weightBits: number[];
  readonly weightRange: number;
  readonly tolerances: number[];
  readonly json?: boolean;
}

export function exploreCommand(run: Run): Command {
  const { sizes, weightBits, weightRange, tolerances } = defaultSpace;
  return new Command('explore')
    .option('--epsilon <limit>', 'the most that ε of a block may be', realNumber(0), 1e-2)
    .option('--memory <size>', 'of one prover, e.g. 700MB', parseMemorySize, 4e9)
    .option('--masked <part>', 'of the weights, at random', realNumber(0, 1), 0.04)
    .addOption(new Option('--cost <what>', 'is to be small').choices(names(costs)).default('rows'))
    .addOption(
      new Option('--against <what>', 'and this, too').choices(names(qualities)).default('size'),
    )
    .addOption(list('--sizes <list>', 'weights of a Fisher block', sizes, [1, 64]))
    .addOption(list('--weight-bits <list>', 'of a weight', weightBits, [8, 31]))
    .option('--weight-range <limit>', 'weights lie in [−limit, limit)', realNumber(0), weightRange)
    .addOption(
      list('--tolerances <list>', 'τ, beside one unit of the weights', tolerances, undefined),
    )
    .option('--json', 'print one JSON object on standard output and nothing else')
    .summary('which plan of `lethe apex` an accuracy and a memory allow, and what it costs')
    .description(
      'Tries every combination of block size, weight bits and tolerance, and prints those that no other beats in both cost and accuracy.',
    )
    .addHelpText(
      'after',
      `
How to read it: ε bounds how far the weights of a block can be from the exact step, for every prover; it is derived. Rows are
recorded on a typical tile. Core-milliseconds and memory are of the cost model, for the best tile that fits (--tile of \`lethe apex
unlearn\`). Whether a small block keeps enough of the accuracy no bound says: docs/experiments.md measures that, and --against
size shows what larger ones cost.

Example:
  lethe explore --epsilon 1e-3 --memory 700MB
  lethe explore --sizes 16,32,48,64 --weight-bits 24 --against size --cost core-ms`,
    )
    .action((options: ExploreOptions) =>
      run(async () => (await import('../actions/explore.ts')).exploration(options)),
    );
}

const names = (record: Readonly<Record<string, unknown>>): string[] => Object.keys(record);

/** Whole numbers in `bounds`, or any above 0. */
function list(
  flags: string,
  description: string,
  preset: readonly number[],
  bounds: readonly [number, number] | undefined,
): Option {
  const parse = (text: string): number[] =>
    text.split(',').map((word) => {
      const value = Number(word);
      const fits = bounds
        ? Number.isInteger(value) && value >= bounds[0] && value <= bounds[1]
        : value > 0 && Number.isFinite(value);
      if (word !== '' && fits) return value;
      throw new InvalidArgumentError(
        bounds ? `whole numbers from ${bounds[0]} to ${bounds[1]}, with commas` : 'numbers above 0',
      );
    });
  return new Option(flags, description).argParser(parse).default(preset, preset.join());
}
