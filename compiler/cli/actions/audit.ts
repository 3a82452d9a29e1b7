// lethe audit: what a circuit proves, and whether the nets find a way to make it prove something else.
import fc from 'fast-check';
import { auditCircuit, type Audit } from '../../audit/audit.ts';
import { variations } from '../../audit/inputs.ts';
import { render } from '../../diagnostics/diagnostic.ts';
import { bindInputs } from '../../inputs/bind.ts';
import { printLine } from '../../program/print.ts';
import type { LoweredProgram } from '../../meanings/circuit.ts';
import { arbitraryInputs } from '../../testing/arbitrary-inputs.ts';
import type { Outcome } from '../exit.ts';
import { loadInputs } from '../load-inputs.ts';
import { showProgress } from '../progress.ts';
import { renderError } from '../report.ts';
import { loadWitnessProgram } from '../run.ts';
import type { AuditCommandOptions } from '../commands/audit.ts';

export async function audit(file: string, options: AuditCommandOptions): Promise<Outcome> {
  const circuit = await loadWitnessProgram(file, options);
  const inputs = await candidates(circuit, options);
  const show = showProgress('audit', !options.json);
  const report = auditCircuit(circuit, inputs, {
    seconds: options.seconds,
    seed: options.seed,
    progress: (stage, done, of) => show(`${stage} ${done} of ${of}`),
  });
  show();
  return {
    exit: report.open.length > 0 ? 1 : 0,
    json: { ok: report.open.length === 0, ...report },
    text: renderAudit(circuit, report),
  };
}

/** The inputs of the files, others like them, and random ones. */
async function candidates({ program }: LoweredProgram, { inputs, seed }: AuditCommandOptions) {
  const given = inputs ? [bindInputs(program, await loadInputs(inputs)).fixed] : [];
  const like = given.flatMap((each) => variations(program, each, { count: 30, seed }));
  const random = fc.sample(arbitraryInputs(program), { numRuns: 20, seed });
  return [...given, ...like, ...random.map(({ fixed }) => fixed)];
}

function renderAudit({ program }: LoweredProgram, audit: Audit): string {
  const { statement, determinism, tampering, mutation, rows, open, notes } = audit;
  const { total, ...gates } = rows;
  return [
    `${audit.circuit}: ${total} rows (${Object.entries(gates)
      .map(([gate, count]) => `${gate} ${count}`)
      .join(', ')})`,
    `digest ${audit.digest}`,
    '',
    'It proves, for some values of the secret inputs, that the outputs follow from them:',
    ...statement.inputs.map(
      ({ name, visibility, type, bound }) =>
        `  ${visibility} ${name} : ${type}${visibility === 'secret' ? (bound ? ', committed to' : ', not committed to') : ''}`,
    ),
    ...statement.outputs.map(
      ({ name, type, error }) =>
        `  output ${name} : ${type}${error === undefined ? '' : `, |fixed − real| ≤ ${error === null ? 'unbounded' : renderError(error)}`}`,
    ),
    ...statement.assertions.map((text) => `  ${text}`),
    ...determinism.relations.map(
      ({ line, says, bound }) =>
        `  up to a choice: ${says} (bound ${renderError(bound)}), in \`${printLine(program, line)}\``,
    ),
    '',
    `determinism  ${determinism.determined} of ${determinism.advice} advice values are forced`,
    tampering
      ? `tampering    ${tampering.tried} dishonest witnesses over ${tampering.inputs} inputs: ${tampering.refused} refused, ${tampering.harmless} harmless, ${tampering.findings.length} accepted`
      : 'tampering    not tried',
    mutation
      ? `mutation     ${mutation.gates} of ${mutation.of} constraints, ${mutation.tried} mutants: ${mutation.killed} noticed, ${mutation.explained} equivalent, ${mutation.undecided} undecided, ${mutation.findings.length} survive`
      : 'mutation     not tried',
    '',
    ...notes.map((note) => render(note, 'warning')),
    ...open.map((finding) => render(finding)),
    open.length === 0 ? 'nothing is open' : `${open.length} open`,
    '',
  ].join('\n');
}
