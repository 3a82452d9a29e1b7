// lethe bench: where the rows of a circuit go, and what a proof of it takes.
import { resolve } from 'node:path';
import { Command } from 'commander';
import { purposes } from '../../profile/attribution.ts';
import { benchCircuit, type CircuitBench, type ProofBench } from '../../profile/bench-circuit.ts';
import { stages } from '../../profile/measurement.ts';
import { bindInputs } from '../../inputs/bind.ts';
import { observe } from '../../meanings/observe.ts';
import { findingsOutcome, type Outcome } from '../exit.ts';
import { loadInputs } from '../load-inputs.ts';
import { isText } from '../load-text.ts';
import { circuitFile, inputsOption, withCircuitOptions, type CircuitOptions } from '../options.ts';
import { loadProgram } from '../run.ts';
import { renderTable } from '../table.ts';
import { wholeNumber } from './apex/shared.ts';

interface BenchOptions extends CircuitOptions {
  readonly inputs?: string[];
  readonly runs: number;
}

export function benchCommand(run: (action: () => Promise<Outcome>) => void): Command {
  return withCircuitOptions(new Command('bench'))
    .argument('<file>', circuitFile)
    .addOption(inputsOption())
    .option('--runs <n>', 'proofs that the medians are of', wholeNumber(1, 100), 3)
    .summary('where the rows go, and what a proof takes')
    .description(
      'Attributes every row to the op that emitted it, its kind of gate and its purpose. With --inputs it also proves, each run in a process of its own, and a reference circuit of 2^13 rows in turn with it: the ratio of the two is what machines can compare.',
    )
    .addHelpText(
      'after',
      `
Purposes:
  opening     values into the field elements of a commitment, or out of them
  range       range checks and booleans
  arithmetic  products and sums of the transform itself
  hashing     permutations of Poseidon
  linking     public values, constants, filling

Example:
  lethe bench examples/group-obs.ts
  lethe bench examples/group-obs.ts --inputs examples/group-obs.json --runs 1`,
    )
    .action((file: string, options: BenchOptions) => run(() => bench(file, options)));
}

async function bench(
  file: string,
  { inputs: files, runs, ...options }: BenchOptions,
): Promise<Outcome> {
  const circuit = await loadProgram(file, options);
  if (files === undefined) return outcome(circuit.program.name, await benchCircuit(circuit));
  const inputs = bindInputs(circuit.program, await loadInputs(files));
  const { findings } = observe(circuit.program, inputs);
  if (findings.length > 0) return findingsOutcome(1, findings);
  // A hint is a function: its file is loaded where there is one, and by nothing else, for it takes memory.
  const hinted = circuit.program.lines.some(({ attributes }) => attributes['hint'] !== undefined);
  const imports = hinted && !isText(file) ? [resolve(file)] : [];
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
