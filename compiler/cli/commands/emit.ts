// lethe emit: a circuit as source code for a proof system, a package of its own.
import { Command } from 'commander';
import { systemDigest } from '../../constraints/digest.ts';
import { countRows, totalRows } from '../../constraints/rows.ts';
import { checkFolder, writeFolder } from '../../files/write-folder.ts';
import type { Outcome } from '../exit.ts';
import { withCircuitOptions, type CircuitOptions } from '../options.ts';
import { loadProgram } from '../run.ts';
import { findTarget, targetNames } from '../source-targets.ts';

interface EmitOptions extends CircuitOptions {
  readonly target: string;
  readonly out: string;
  readonly as?: string;
  readonly force?: boolean;
}

export function emitCommand(run: (action: () => Promise<Outcome>) => void): Command {
  return withCircuitOptions(new Command('emit'))
    .argument('<file>', 'a TypeScript or JavaScript file that exports a circuit')
    .requiredOption('--target <name>', `the language: ${targetNames.join(', ')}`)
    .requiredOption('--out <folder>', 'where the package is written')
    .option('--as <kind>', 'o1js: function (ZkFunction, kimchi alone) or program (ZkProgram)')
    .option('--force', 'write into a folder that is not empty')
    .summary('write a circuit as source code')
    .description(
      'Writes a circuit as a package of source code that needs only the proof system, makes the same constraints, and can be read: one statement for each operation, with its format, range, error bound and rows.',
    )
    .addHelpText(
      'after',
      '\nExample:\n  lethe emit examples/group-obs.ts --target o1js --out group-obs --set blocks=4',
    )
    .action((file: string, options: EmitOptions) => run(() => emit(file, options)));
}

async function emit(file: string, options: EmitOptions): Promise<Outcome> {
  const { out, as, force = false } = options;
  const target = await findTarget(options.target, as);
  await checkFolder(out, force);
  const circuit = await loadProgram(file, options);
  const files = await target.files(circuit, as === undefined ? {} : { as });
  await writeFolder(out, files);
  const rows = totalRows(countRows(circuit.system));
  const { name } = circuit.program;
  return {
    exit: 0,
    json: {
      ok: true,
      circuit: name,
      target: target.name,
      out,
      rows,
      digest: systemDigest(circuit.system),
      files: [...files.keys()],
    },
    text: `wrote ${name} for ${target.name} (${rows} rows) to ${out}: ${files.size} files; begin with its README.md\n`,
  };
}
