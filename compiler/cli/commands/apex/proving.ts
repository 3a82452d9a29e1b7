// Options of the commands that prove: how large a tile may be on this machine, and how many provers work at once.
import type { Command } from 'commander';
import { parseMemorySize } from '../../../prover/memory-size.ts';
import { wholeNumber } from './shared.ts';

export interface ProvingOptions {
  readonly jobs?: number;
  readonly memory?: number;
  readonly tile?: number;
}

export const withProving = (command: Command): Command =>
  command
    .option('--jobs <processes>', 'that prove at once', wholeNumber(1, 256))
    .option('--memory <size>', 'for all of them together, e.g. 4GiB', parseMemorySize)
    .option(
      '--tile <log>',
      'rows of a proof, as a power of two; the cheapest that memory holds unless it is said',
      wholeNumber(10, 16),
    );
