// lethe prove: a proof of a circuit on given inputs, written to a file.
import { systemDigest } from '../../constraints/digest.ts';
import { countRows, totalRows } from '../../constraints/rows.ts';
import { atomicWrite, checkWritable } from '../../files/atomic-write.ts';
import { renderKeyFile } from '../../prover/key-file.ts';
import { renderProofFile } from '../../prover/proof-file.ts';
import { statementOf } from '../../prover/statement.ts';
import { render } from '../../diagnostics/diagnostic.ts';
import { assumptionsJson, renderAssumptions } from '../assumptions.ts';
import { findingsOutcome, type Outcome } from '../exit.ts';
import { stage } from '../progress.ts';
import { loadWitnessProgram, runCircuit } from '../run.ts';
import { outputsJson } from './outputs-json.ts';
import type { ProveOptions } from '../commands/prove.ts';

export async function prove(file: string, options: ProveOptions): Promise<Outcome> {
  const show = !options.json;
  for (const file of [options.out, options.key]) if (file !== undefined) await checkWritable(file);
  const circuit = await loadWitnessProgram(file, options);
  const { program, system } = circuit;
  const { witness, outputs, trust, findings } = await runCircuit(circuit, options.inputs);
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
      ...assumptionsJson(trust.assumptions),
      warnings: trust.warnings,
      out: options.out,
      rows,
      proofBytes: bytes,
      seconds: { compile: compiled.seconds, prove: proved.seconds },
      // Of this process, in bytes; Linux and macOS report kibibytes through Node.
      peakMemory: process.resourceUsage().maxRSS * 1024,
      outputs: outputsJson(outputs),
    },
    text: [
      ...renderAssumptions(trust.assumptions),
      ...trust.warnings.map((warning) => render(warning, 'warning')),
      `proved ${program.name}: ${rows} rows, ${bytes} bytes of proof, written to ${options.out}`,
      '',
    ].join('\n'),
  };
}
