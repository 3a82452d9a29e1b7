// lethe check: all meanings of a circuit on given inputs, every constraint evaluated, no proof.
import { countRows, totalRows } from '../../constraints/rows.ts';
import { render, type Diagnostic } from '../../diagnostics/diagnostic.ts';
import { indexAt, renderShape } from '../../ir/shape.ts';
import { assumptionsJson, ifAssumed, renderAssumptions } from '../assumptions.ts';
import { findingsOutcome, type Outcome } from '../exit.ts';
import { loadWitnessProgram, runCircuit, type OutputReport } from '../run.ts';
import { outputsJson } from './outputs-json.ts';
import { renderError } from '../report.ts';
import type { CheckOptions } from '../commands/check.ts';

export async function check(file: string, options: CheckOptions): Promise<Outcome> {
  const compiled = await loadWitnessProgram(file, options);
  const { circuit, outputs, trust, findings } = await runCircuit(compiled, options.inputs);
  if (findings.length > 0) return findingsOutcome(1, findings);
  const { program, system } = circuit;
  const rows = totalRows(countRows(system));
  const far = outputs.flatMap(tooFar);
  const all = `float, fixed point and ${system.gates.length} constraints (${rows} rows)`;
  return {
    exit: far.length > 0 ? 1 : 0,
    json: {
      ok: far.length === 0,
      circuit: program.name,
      rows,
      ...assumptionsJson(trust.assumptions),
      warnings: trust.warnings,
      outputs: outputsJson(outputs),
      ...(far.length > 0 ? { diagnostics: far } : {}),
    },
    text: [
      ...renderAssumptions(trust.assumptions),
      ...trust.warnings.map((warning) => render(warning, 'warning')),
      ...far.map((finding) => render(finding)),
      far.length > 0
        ? `${program.name}: the constraints hold, and float and fixed point differ by more than the bound`
        : `${program.name}: ${all} agree`,
      ...outputs.map(outputText),
      '',
    ].join('\n'),
    isReport: true,
  };
}

function tooFar({ port, error }: OutputReport): Diagnostic[] {
  if (error?.beyond === undefined) return [];
  const index = renderShape(indexAt(port.type.shape, error.beyond));
  const at = port.type.shape.length > 0 ? `, element ${index}` : '';
  return [
    {
      code: 'beyond-bound',
      message: `the output "${port.name}"${at}: fixed point is ${renderError(error.observed)} from float, and the bound is ${renderError(error.bound)}`,
      hint:
        error.restsOn.length > 0
          ? `the bound rests on ${error.restsOn.join(', ')}, which is false here`
          : 'this is a bug in lethe: please report it with the circuit',
    },
  ];
}

function outputText({ port, error }: OutputReport): string {
  if (!error) return `  ${port.name}: exact: a field element, without a real value`;
  const bound = Number.isFinite(error.bound)
    ? `bound ${renderError(error.bound)}${ifAssumed(error.restsOn)}`
    : 'no bound is proved: `lethe inspect` shows where it is lost';
  return `  ${port.name}: |fixed − float| ${renderError(error.observed)}, ${bound}`;
}
