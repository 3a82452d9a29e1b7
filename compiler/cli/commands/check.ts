// lethe check: all meanings of a circuit on given inputs, every constraint evaluated, no proof.
import { Command } from 'commander';
import { countRows, totalRows } from '../../constraints/rows.ts';
import { renderTensor } from '../../inputs/render.ts';
import { findingsOutcome, type Outcome } from '../exit.ts';
import { circuitFile, withCircuitOptions, withInputs, type CircuitOptions } from '../options.ts';
import { loadProgram, runCircuit, type OutputReport, type Run } from '../run.ts';
import { renderError } from '../report.ts';

export function checkCommand(run: (action: () => Promise<Outcome>) => void): Command {
  return withInputs(withCircuitOptions(new Command('check')))
    .argument('<file>', circuitFile)
    .summary('evaluate float, fixed point and every constraint; no proof')
    .description(
      'Evaluates a circuit on inputs in float64, in exact fixed point, and as constraints, range checks included. Names the first constraint that fails with its operation, element and source line. Exit 1 if an assertion or a constraint fails.',
    )
    .addHelpText(
      'after',
      '\nExample:\n  lethe check examples/group-obs.ts --inputs examples/group-obs.json',
    )
    .action((file: string, options: CircuitOptions & { inputs: string[] }) =>
      run(async () => check(await runCircuit(await loadProgram(file, options), options.inputs))),
    );
}

function check({ circuit, outputs, findings }: Run): Outcome {
  if (findings.length > 0) return findingsOutcome(1, findings);
  const { program, system } = circuit;
  const rows = totalRows(countRows(system));
  return {
    exit: 0,
    json: { ok: true, circuit: program.name, rows, outputs: outputsJson(outputs) },
    text: [
      `${program.name}: float, fixed point and ${system.gates.length} constraints (${rows} rows) agree`,
      ...outputs.map(outputText),
      '',
    ].join('\n'),
  };
}

function outputText({ port, error }: OutputReport): string {
  const distance = error
    ? `|fixed − float| ${renderError(error.observed)}, bound ${renderError(error.bound)}`
    : 'exact: a field element, without a real value';
  return `  ${port.name}: ${distance}`;
}

export function outputsJson(outputs: readonly OutputReport[]): Record<string, unknown> {
  return Object.fromEntries(
    outputs.map(({ port, integers, error }) => [
      port.name,
      {
        value: renderTensor(port.type, integers),
        ...(error
          ? {
              error: {
                observed: error.observed,
                bound: Number.isFinite(error.bound) ? error.bound : null,
              },
            }
          : {}),
      },
    ]),
  );
}
