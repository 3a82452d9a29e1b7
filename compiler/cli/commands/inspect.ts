// lethe inspect: its options and its help.
import { Command, Option } from 'commander';
import { passNames, type PassName } from '../../passes/names.ts';
import type { Run } from '../exit.ts';
import {
  circuitFile,
  hintsOption,
  withCircuitOptions,
  type CircuitOptions,
  type HintOptions,
} from '../options.ts';

export interface InspectOptions extends CircuitOptions, HintOptions {
  readonly inputs?: string[];
  readonly html?: string;
  readonly after?: PassName;
}

export function inspectCommand(run: Run): Command {
  return withCircuitOptions(new Command('inspect'))
    .argument('<file>', circuitFile)
    .option(
      '--inputs <file>',
      'run on tensors, too, and show what occurs beside what is derived; may be repeated',
      (file: string, files: string[] | undefined) => [...(files ?? []), file],
    )
    .option('--html <page>', 'write the same as one self-contained page, with pictures')
    .addOption(
      new Option('--after <pass>', 'print the program as it stands after this pass, and no more')
        .choices(passNames)
        .conflicts(['inputs', 'html']),
    )
    .addOption(hintsOption())
    .summary('print the program with ranges, error bounds and rows')
    .description(
      'Prints the program of a circuit, one operation a line, as text that every command reads (.lethe), with the range of its integers, the bound of its error against the reals, and the rows it costs; then the rows by gate. With --inputs, each range and error is followed by the one that occurs on them. Exit 1 if an assertion fails on the inputs.',
    )
    .addHelpText(
      'after',
      '\nExample:\n  lethe inspect examples/group-obs.ts --set blocks=4\n  lethe inspect examples/group-obs.ts --inputs examples/group-obs.json --html page.html\n  lethe inspect examples/group-obs.ts --after drop-dead',
    )
    .action((file: string, options: InspectOptions) =>
      run(async () => (await import('../actions/inspect.ts')).inspect(file, options)),
    );
}
