// lethe bench: its options and its help.
import { Command } from 'commander';
import type { Run } from '../exit.ts';
import {
  circuitFile,
  inputsOption,
  hintsOption,
  withCircuitOptions,
  type CircuitOptions,
  type HintOptions,
} from '../options.ts';
import { wholeNumber } from './apex/shared.ts';

export interface BenchOptions extends CircuitOptions, HintOptions {
  readonly inputs?: string[];
  readonly runs: number;
}

export function benchCommand(run: Run): Command {
  return withCircuitOptions(new Command('bench'))
    .argument('<file>', circuitFile)
    .addOption(inputsOption())
    .option('--runs <n>', 'proofs that the medians are of', wholeNumber(1, 100), 3)
    .addOption(hintsOption())
    .summary('where the rows go, and what a proof takes')
    .description(
      'Attributes every row to the op that emitted it, its kind of gate and its purpose. With --inputs it also proves, each run in a process of its own, and a reference circuit of 2^13 rows in turn with it: the ratio of the two is what machines can compare.',
    )
    .addHelpText(
      'after',
      `
Purposes:
  opening     values into the field elements of a commitment, or out of them
  range       range checks and booleans
  arithmetic  products and sums of the transform itself
  hashing     permutations of Poseidon
  linking     public values, constants, filling

Example:
  lethe bench examples/group-obs.ts
  lethe bench examples/group-obs.ts --inputs examples/group-obs.json --runs 1`,
    )
    .action((file: string, options: BenchOptions) =>
      run(async () => (await import('../actions/bench.ts')).bench(file, options)),
    );
}
