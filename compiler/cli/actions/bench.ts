// lethe bench: where the rows of a circuit go, and what a proof of it takes.
import { resolve } from 'node:path';
import { purposes } from '../../profile/attribution.ts';
import { benchCircuit, type CircuitBench, type ProofBench } from '../../profile/bench-circuit.ts';
import { stages } from '../../profile/measurement.ts';
import { bindInputs } from '../../inputs/bind.ts';
import { hintsOf } from '../../program/hints.ts';
import { observe } from '../../meanings/observe.ts';
import { findingsOutcome, type Outcome } from '../exit.ts';
import { inputsOf } from '../../program/ports.ts';
import { loadInputs } from '../load-inputs.ts';
import { isText } from '../load-text.ts';
import { loadProgram, loadWitnessProgram } from '../run.ts';
import { renderTable } from '../table.ts';
import type { BenchOptions } from '../commands/bench.ts';

export async function bench(
  file: string,
  { inputs: files, runs, ...options }: BenchOptions,
): Promise<Outcome> {
  if (files === undefined) {
    const circuit = await loadProgram(file, options);
    return outcome(circuit.program.name, await benchCircuit(circuit));
  }
  const circuit = await loadWitnessProgram(file, options);
  const inputs = bindInputs(circuit.program, await loadInputs(files, inputsOf(circuit.program)));
  const { findings } = observe(circuit.program, inputs);
  if (findings.length > 0) return findingsOutcome(1, findings);
  // A hint is a function: its file is loaded where there is one, and by nothing else, for it takes memory.
  const modules = [...(options.hints ?? []), ...(isText(file) ? [] : [file])];
  const imports = hintsOf(circuit.program).size > 0 ? modules.map((each) => resolve(each)) : [];
  const progress = (title: string): void => {
    if (!options.json) process.stderr.write(`${title}\n`);
  };
  const result = await benchCircuit(circuit, { inputs: inputs.fixed, runs, imports, progress });
  return outcome(circuit.program.name, result);
}

function outcome(circuit: string, result: CircuitBench): Outcome {
  const { rows, domain, byPurpose, parts, proof } = result;
  const share = (part: number): string => `${((100 * part) / rows).toFixed(1)} %`;
  const text = [
    `${circuit}: ${rows} rows in a domain of 2^${Math.log2(domain)}`,
    '',
    ...renderTable([
      ['purpose', 'rows', 'share'],
      ...purposes.map((purpose) => [purpose, `${byPurpose[purpose]}`, share(byPurpose[purpose])]),
    ]),
    '',
    ...renderTable([
      ['op', 'gate', 'purpose', 'rows', 'share'],
      ...parts.map((part) => [part.op, part.kind, part.purpose, `${part.rows}`, share(part.rows)]),
    ]),
    ...(proof ? ['', ...proofLines(proof)] : []),
    '',
  ];
  return { exit: 0, json: { ok: true, circuit, ...result }, text: text.join('\n') };
}

function proofLines({ runs, circuit, reference, ratio }: ProofBench): string[] {
  const seconds = (value: number): string => value.toFixed(2);
  const megabytes = (value: number): string => (value / 1e6).toFixed(0);
  return [
    `medians of ${runs} ${runs === 1 ? 'run' : 'runs'} (${circuit.backend}); seconds`,
    ...renderTable([
      ['', 'clock', 'cores', 'reference, cores'],
      ...stages.map((stage) => [
        stage,
        seconds(circuit.seconds[stage].wall),
        seconds(circuit.seconds[stage].core),
        seconds(reference.seconds[stage].core),
      ]),
    ]),
    `a proof takes ${ratio.toFixed(2)} times the reference's processor time`,
    `peak memory ${megabytes(circuit.memory.prove)} MB (reference ${megabytes(reference.memory.prove)} MB), ${circuit.proofBytes} bytes of proof`,
  ];
}
