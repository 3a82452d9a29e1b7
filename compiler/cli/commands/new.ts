// lethe new: its options and its help.
import { Command } from 'commander';
import type { Run } from '../exit.ts';

export interface NewOptions {
  readonly lethe?: string;
  readonly json?: boolean;
}

export function newCommand(run: Run): Command {
  return new Command('new')
    .argument('<name>', 'the name of the package and of its folder')
    .option(
      '--lethe <dependency>',
      'what the package depends on, e.g. ^0.1.0 or file:../lethe.tgz; by default where this lethe was installed from',
    )
    .option('--json', 'print one JSON object on standard output and nothing else')
    .summary('a package to start from: a circuit, its tests, inputs and scripts')
    .description(
      'Makes a folder with a package of your own: a circuit in circuit.ts, its laws as tests, inputs, the cost that is locked, and scripts to inspect, check, audit, prove, verify and emit it. Refuses a folder that holds anything.',
    )
    .addHelpText(
      'after',
      '\nExample:\n  lethe new my-circuit\n  cd my-circuit && npm install && npm run check && npm test',
    )
    .action((name: string, options: NewOptions) =>
      run(async () => (await import('../actions/new.ts')).make(name, options)),
    );
}
