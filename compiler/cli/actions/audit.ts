// lethe audit: what a circuit proves, and whether the nets find a way to make it prove something else.
import fc from 'fast-check';
import { auditCircuit, type Audit } from '../../audit/audit.ts';
import { variations } from '../../audit/inputs.ts';
import { render } from '../../diagnostics/diagnostic.ts';
import { bindInputs } from '../../inputs/bind.ts';
import { printLine } from '../../program/print.ts';
import type { LoweredProgram } from '../../meanings/circuit.ts';
import { arbitraryInputs } from '../../testing/arbitrary-inputs.ts';
import type { Ties } from '../../audit/ties.ts';
import { assumptionsJson, ifAssumed, renderAssumptions } from '../assumptions.ts';
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
  const { seconds, seed, witnesses, constraints, assume = [] } = options;
  const report = auditCircuit(circuit, inputs, {
    seconds,
    seed,
    witnesses,
    constraints,
    given: options.inputs ? 1 : 0,
    accepted: new Map(assume.map((name) => [name, 'accepted on the command line'])),
    progress: (stage, done, of) => show(`${stage} ${done} of ${of}`),
  });
  show();
  const { open, notTried, trust, determinism, ...rest } = report;
  const { forcedLines: _, ...determined } = determinism;
  const isOpen = open.length > 0;
  return {
    exit: isOpen ? 1 : notTried.length > 0 ? 3 : 0,
    json: {
      ok: !isOpen,
      ...assumptionsJson(trust),
      complete: notTried.length === 0,
      notTried,
      open,
      determinism: determined,
      ...rest,
    },
    text: renderAudit(circuit, report),
    isReport: true,
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
  const { statement, determinism, rows, open, notes, notTried, trust } = audit;
  const { total, ...gates } = rows;
  return [
    `${audit.circuit}: ${total} rows (${Object.entries(gates)
      .map(([gate, count]) => `${gate} ${count}`)
      .join(', ')})`,
    `digest ${audit.digest}`,
    '',
    ...withSpace(renderAssumptions(trust)),
    'It proves, for some values of the secret inputs, that the outputs follow from them:',
    ...statement.inputs.map(
      ({ name, visibility, type, bound }) =>
        `  ${visibility} ${name} : ${type}${visibility === 'secret' ? (bound ? ', committed to' : ', not committed to') : ''}`,
    ),
    ...statement.outputs.map(
      ({ name, type, error, restsOn }) =>
        `  output ${name} : ${type}${error === undefined ? '' : `, |fixed − real| ≤ ${error === null ? 'unbounded' : renderError(error)}${ifAssumed(restsOn)}`}`,
    ),
    ...statement.assertions.map((text) => `  ${text}`),
    ...determinism.relations.map(
      ({ line, says, bound }) =>
        `  up to a choice: ${says} (bound ${renderError(bound)}${ifAssumed(trust.restsOn[line]!)}), in \`${printLine(program, line)}\``,
    ),
    ...renderTies(audit.ties),
    '',
    ...renderNets(audit),
    '',
    ...notes.map((note) => render(note, 'warning')),
    ...open.map((finding) => render(finding)),
    ...notTried.map((what) => `not tried: ${what} (--seconds)`),
    open.length > 0
      ? `${open.length} open`
      : `nothing is open${notTried.length > 0 ? ', and not all that was planned was tried' : ''}`,
    '',
  ].join('\n');
}

const withSpace = (lines: readonly string[]): string[] => (lines.length > 0 ? [...lines, ''] : []);

function renderTies({ groups, withoutChoice, byChoice }: Ties): string[] {
  const chosen = [...new Set(byChoice.flatMap((each) => each.chosen))];
  const apart = (list: Ties['groups'], but: string): string[] =>
    list.length > 1
      ? list.map((group) => `  not tied to the others${but}: ${group.join(', ')}`)
      : [];
  return [
    ...byChoice.map(
      ({ assertion, chosen: names }) =>
        `  holds for some ${names.join(', ')} that the prover chooses: ${assertion}`,
    ),
    ...apart(groups, ''),
    ...(groups.length > 1
      ? []
      : apart(withoutChoice, `, but by the choice of ${chosen.join(', ')}`)),
  ];
}

function renderNets({ determinism, declarations, tampering, mutation }: Audit): string[] {
  return [
    `determinism  ${determinism.forced} of ${determinism.advice} advice values are forced by the inputs${determinism.determined > determinism.forced ? `, ${determinism.determined - determinism.forced} more by values that are declared` : ''}`,
    declarations
      ? `declarations ${declarations.pushed} of ${declarations.values} chosen values pushed over ${declarations.inputs} inputs, up to ${Math.round(100 * declarations.farthest)} % of their bounds`
      : 'declarations not tried',
    tampering
      ? `tampering    ${tampering.tried} dishonest witnesses over ${tampering.inputs} inputs: ${tampering.refused} refused, ${tampering.harmless} harmless, ${tampering.findings.length} accepted`
      : 'tampering    not tried',
    mutation
      ? `mutation     ${mutation.gates} of ${mutation.of} constraints (the others are not tried), ${mutation.tried} mutants: ${mutation.killed} noticed, ${mutation.explained} equivalent, ${mutation.undecided} undecided, ${mutation.findings.length} survive`
      : 'mutation     not tried',
  ];
}
