// lethe emit: a circuit as source code for a proof system, a package of its own.
import { systemDigest } from '../../constraints/digest.ts';
import { countRows, totalRows } from '../../constraints/rows.ts';
import { fail } from '../../diagnostics/diagnostic.ts';
import { checkFolder, writeFolder } from '../../files/write-folder.ts';
import { builtInHints } from '../../ops/shared/hints.ts';
import { functionsOf, hintsOf } from '../../program/hints.ts';
import { findingsOutcome, type Outcome } from '../exit.ts';
import { loadProgram, loadWitnessProgram, runCircuit } from '../run.ts';
import { findTarget } from '../source-targets.ts';
import type { EmitOptions } from '../commands/emit.ts';

export async function emit(file: string, options: EmitOptions): Promise<Outcome> {
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
  const load = options.inputs ? loadWitnessProgram : loadProgram;
  const circuit = await load(file, options);
  const run = options.inputs && (await runCircuit(circuit, options.inputs));
  if (run && run.findings.length > 0) return findingsOutcome(1, run.findings);
  const files = await target.files(circuit, {
    ...(as === undefined ? {} : { as }),
    ...(run ? { inputs: run.inputs } : {}),
  });
  await writeFolder(out, files);
  const rows = totalRows(countRows(circuit.system));
  const digest = systemDigest(circuit.system);
  // A hint's code is not in the program: its package leaves it to be written.
  const toWrite = files.has('hints.ts')
    ? [
        ...[...hintsOf(circuit.program).keys()].filter((hint) => !builtInHints.has(hint)),
        ...functionsOf(circuit.program).keys(),
      ]
    : [];
  const said = { circuit: circuit.program.name, target: name, out };
  return {
    exit: 0,
    json: {
      ok: true,
      ...said,
      rows,
      digest,
      files: [...files.keys()],
      ...(toWrite.length > 0 ? { toWrite } : {}),
    },
    text: [
      `wrote ${said.circuit} for ${name} to ${out}: ${files.size} files; begin with ${start}`,
      ...(toWrite.length > 0 ? [`to be written in hints.ts: ${toWrite.join(', ')}`] : []),
      ...(inputsFile === undefined || run ? [] : [`--inputs FILE writes ${inputsFile}, too`]),
      '',
    ].join('\n'),
  };
}
