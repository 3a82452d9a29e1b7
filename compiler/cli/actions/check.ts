// lethe check: all meanings of a circuit on given inputs, every constraint evaluated, no proof.
import { countRows, totalRows } from '../../constraints/rows.ts';
import { findingsOutcome, type Outcome } from '../exit.ts';
import { loadWitnessProgram, runCircuit, type OutputReport } from '../run.ts';
import { outputsJson } from './outputs-json.ts';
import { renderError } from '../report.ts';
import type { CheckOptions } from '../commands/check.ts';

export async function check(file: string, options: CheckOptions): Promise<Outcome> {
  const compiled = await loadWitnessProgram(file, options);
  const { circuit, outputs, findings } = await runCircuit(compiled, options.inputs);
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
