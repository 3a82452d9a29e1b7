// lethe fmt: its options and its help.
import { Command } from 'commander';
import type { Run } from '../exit.ts';

export interface FmtOptions {
  readonly check?: boolean;
}

export function fmtCommand(run: Run): Command {
  return new Command('fmt')
    .argument('<file...>', 'programs as text, .lethe')
    .option('--check', 'write nothing; exit 1 if a file is not in its one form')
    .option('--json', 'print one JSON object on standard output and nothing else')
    .summary('bring programs as text into their one form')
    .description(
      'Rewrites programs as text (.lethe) in the form in which `lethe inspect` prints them: values numbered by their lines, attributes in the order of their operation, notes beside lines in one column. Comments stay; of several blank lines one stays. A file with mistakes is left as it is, and they are all printed. With --check, exit 1 if a file would change.',
    )
    .addHelpText('after', '\nExample:\n  lethe fmt circuit.lethe\n  lethe fmt --check *.lethe')
    .action((files: string[], options: FmtOptions) =>
      run(async () => (await import('../actions/fmt.ts')).formatAll(files, options)),
    );
}
