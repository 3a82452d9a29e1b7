// lethe emit: a circuit as source code for a proof system, a package of its own.
import { Command } from 'commander';
import { systemDigest } from '../../constraints/digest.ts';
import { countRows, totalRows } from '../../constraints/rows.ts';
import { fail } from '../../diagnostics/diagnostic.ts';
import { checkFolder, writeFolder } from '../../files/write-folder.ts';
import { findingsOutcome, type Outcome } from '../exit.ts';
import { circuitFile, inputsOption, withCircuitOptions, type CircuitOptions } from '../options.ts';
import { loadProgram, runCircuit } from '../run.ts';
import { findTarget, targetNames } from '../source-targets.ts';

interface EmitOptions extends CircuitOptions {
  readonly target: string;
  readonly out: string;
  readonly as?: string;
  readonly inputs?: readonly string[];
  readonly force?: boolean;
}

export function emitCommand(run: (action: () => Promise<Outcome>) => void): Command {
  return withCircuitOptions(new Command('emit'))
    .argument('<file>', circuitFile)
    .requiredOption('--target <name>', `the language: ${targetNames.join(', ')}`)
    .requiredOption('--out <folder>', 'where the package is written')
    .option('--as <kind>', 'o1js: function (ZkFunction, kimchi alone) or program (ZkProgram)')
    .addOption(inputsOption())
    .option('--force', 'write into a folder that is not empty')
    .summary('write a circuit as source code')
    .description(
      'Writes a circuit as a package of source code that needs only the proof system and can be read: one statement for each operation, with what is known of its value. For o1js it makes the same constraints; for Noir it is the same program in another field, and what that changes is refused. --inputs, for Noir, also writes Prover.toml.',
    )
    .addHelpText(
      'after',
      '\nExample:\n  lethe emit examples/group-obs.ts --target o1js --out group-obs --set blocks=4\n  lethe emit examples/chosen-formats.ts --target noir --out chosen-formats',
    )
    .action((file: string, options: EmitOptions) => run(() => emit(file, options)));
}

async function emit(file: string, options: EmitOptions): Promise<Outcome> {
  const { out, as, force = false } = options;
  const target = await findTarget(options.target, as);
  const { name, start, inputsFile } = target;
  if (options.inputs && inputsFile === undefined)
    fail(
      'takes-no-inputs',
      `a package for ${name} is written without inputs`,
      `leave --inputs out: ${start} says how the package reads them`,
    );
  await checkFolder(out, force);
  const circuit = await loadProgram(file, options);
  const run = options.inputs && (await runCircuit(circuit, options.inputs));
  if (run && run.findings.length > 0) return findingsOutcome(1, run.findings);
  const files = await target.files(circuit, {
    ...(as === undefined ? {} : { as }),
    ...(run ? { inputs: run.inputs } : {}),
  });
  await writeFolder(out, files);
  const rows = totalRows(countRows(circuit.system));
  const digest = systemDigest(circuit.system);
  const said = { circuit: circuit.program.name, target: name, out };
  return {
    exit: 0,
    json: { ok: true, ...said, rows, digest, files: [...files.keys()] },
    text: [
      `wrote ${said.circuit} for ${name} to ${out}: ${files.size} files; begin with ${start}`,
      ...(inputsFile === undefined || run ? [] : [`--inputs FILE writes ${inputsFile}, too`]),
      '',
    ].join('\n'),
  };
}
