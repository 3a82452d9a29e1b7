// lethe prove: a proof of a circuit on given inputs, written to a file.
import { Command } from 'commander';
import { systemDigest } from '../../constraints/digest.ts';
import { countRows, totalRows } from '../../constraints/rows.ts';
import { atomicWrite, checkWritable } from '../../files/atomic-write.ts';
import { renderKeyFile } from '../../prover/key-file.ts';
import { renderProofFile } from '../../prover/proof-file.ts';
import { statementOf } from '../../prover/statement.ts';
import { findingsOutcome, type Outcome } from '../exit.ts';
import { circuitFile, withCircuitOptions, withInputs, type CircuitOptions } from '../options.ts';
import { stage } from '../progress.ts';
import { loadProgram, runCircuit } from '../run.ts';
import { outputsJson } from './check.ts';

interface ProveOptions extends CircuitOptions {
  readonly inputs: string[];
  readonly out: string;
  readonly key?: string;
}

export function proveCommand(run: (action: () => Promise<Outcome>) => void): Command {
  return withInputs(withCircuitOptions(new Command('prove')))
    .argument('<file>', circuitFile)
    .requiredOption('--out <proof>', 'where the proof is written')
    .option('--key <file>', 'write the verification key, too')
    .summary('prove a circuit on inputs')
    .description(
      'Checks the inputs as `check` does, compiles the circuit for kimchi, proves it, and writes the proof with its public tensors. Secret tensors do not enter the file.',
    )
    .addHelpText(
      'after',
      '\nExample:\n  lethe prove examples/group-obs.ts --inputs examples/group-obs.json --out proof.json',
    )
    .action((file: string, options: ProveOptions) => run(() => prove(file, options)));
}

async function prove(file: string, options: ProveOptions): Promise<Outcome> {
  const show = !options.json;
  for (const file of [options.out, options.key]) if (file !== undefined) await checkWritable(file);
  const circuit = await loadProgram(file, options);
  const { program, system } = circuit;
  const { witness, outputs, findings } = await runCircuit(circuit, options.inputs);
  if (findings.length > 0) return findingsOutcome(1, findings);
  const rows = totalRows(countRows(system));
  const kimchi = await import('../../targets/kimchi/prover.ts');
  const compiled = await stage(`compiling ${rows} rows`, show, () =>
    kimchi.compile(program.name, system),
  );
  const proved = await stage('proving', show, () => compiled.result.prove(witness));
  const digest = systemDigest(system);
  const text = renderProofFile({
    circuit: program.name,
    parameters: program.parameters,
    digest,
    statement: statementOf(circuit, witness),
    proof: proved.result,
  });
  if (options.key !== undefined)
    await atomicWrite(
      options.key,
      renderKeyFile({ circuit: program.name, digest, key: compiled.result.verificationKey }),
    );
  await atomicWrite(options.out, text);
  const bytes = proved.result.length;
  return {
    exit: 0,
    json: {
      ok: true,
      circuit: program.name,
      out: options.out,
      rows,
      proofBytes: bytes,
      seconds: { compile: compiled.seconds, prove: proved.seconds },
      // Of this process, in bytes; Linux and macOS report kibibytes through Node.
      peakMemory: process.resourceUsage().maxRSS * 1024,
      outputs: outputsJson(outputs),
    },
    text: `proved ${program.name}: ${rows} rows, ${bytes} bytes of proof, written to ${options.out}\n`,
  };
}
