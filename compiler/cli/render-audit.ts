// An audit as text: assumptions, the statement, what the nets tried, and what is open.
import type { DeterminismReport } from '../analyses/determinism/report.ts';
import type { Audit } from '../audit/audit.ts';
import type { MutationSummary } from '../audit/mutants.ts';
import type { Ties } from '../audit/ties.ts';
import { render } from '../diagnostics/diagnostic.ts';
import type { LoweredProgram } from '../meanings/circuit.ts';
import { describeLine } from '../program/print.ts';
import { ifAssumed, renderAssumptions } from './assumptions.ts';
import { renderError } from './report.ts';

export function renderAudit({ program }: LoweredProgram, audit: Audit): string {
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
      ({ name, visibility, type, bound, exact }) =>
        `  ${visibility} ${name} : ${type}${exact ? ', exact' : ''}${visibility === 'secret' ? (bound ? ', committed to' : ', not committed to') : ''}`,
    ),
    ...statement.outputs.map(
      ({ name, type, error, restsOn }) =>
        `  output ${name} : ${type}${error === undefined ? '' : `, |fixed − real| ≤ ${error === null ? 'unbounded' : renderError(error)}${ifAssumed(restsOn)}`}`,
    ),
    ...statement.assertions.map((text) => `  ${text}`),
    ...determinism.relations.map(
      ({ line, says, bound }) =>
        `  up to a choice: ${says} (bound ${renderError(bound)}${ifAssumed(trust.restsOn[line]!)}), in \`${describeLine(program, line)}\``,
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

const byDeclared = ({ forced, determined }: DeterminismReport): string =>
  determined > forced ? `, ${determined - forced} more by values that are declared` : '';

const slackOf = ({ slack }: DeterminismReport): string =>
  slack > 0 ? `, no value depends on ${slack} others` : '';

function renderNets({ determinism, declarations, tampering, mutation }: Audit): string[] {
  return [
    `determinism  ${determinism.forced} of ${determinism.advice} advice values are forced by the inputs${byDeclared(determinism)}${slackOf(determinism)}`,
    declarations
      ? `declarations ${declarations.pushed} of ${declarations.values} chosen values pushed over ${inputs(declarations.inputs)}, up to ${Math.round(100 * declarations.farthest)} % of their bounds`
      : 'declarations not tried',
    tampering
      ? `tampering    ${tampering.tried} dishonest witnesses over ${inputs(tampering.inputs)}: ${tampering.refused} refused, ${tampering.harmless} harmless, ${tampering.findings.length} accepted`
      : 'tampering    not tried',
    mutation
      ? `mutation     ${mutation.gates} of ${mutation.of} constraints${mutation.gates < mutation.of ? ' (the others are not tried)' : ''}, ${mutation.tried} mutants: ${mutation.killed} noticed, ${mutation.equivalent} equivalent, ${mutation.undecided.length} undecided, ${mutation.findings.length} survive`
      : 'mutation     not tried',
    ...renderUndecided(mutation?.undecided ?? []),
  ];
}

/** Undecided mutants that are shown; `--json` has all. */
const shown = 3;

function renderUndecided(all: MutationSummary['undecided']): string[] {
  const rest = all.length - shown;
  return [
    ...all
      .slice(0, shown)
      .map(
        ({ constraint, change, place, where }) =>
          `  undecided: constraint ${constraint} changed (${change}), ${place}${where ? `, ${where}` : ''}`,
      ),
    ...(rest > 0 ? [`  undecided: ${rest} more (--json lists all)`] : []),
  ];
}

const inputs = (count: number): string => `${count} input${count === 1 ? '' : 's'}`;
