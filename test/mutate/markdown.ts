// The score as a page of the documentation.
import { explanations } from '../../compiler/testing/mutation/explained.ts';
import {
  rate,
  type Score,
  type Tally,
  type Unnoticed,
} from '../../compiler/testing/mutation/score.ts';
import { percent } from './report.ts';

export function renderMarkdown({ total, byKind, byCircuit, byNet, unnoticed }: Score): string {
  const by = (verdict: Unnoticed['verdict']): readonly Unnoticed[] =>
    unnoticed.filter((each) => each.verdict === verdict);
  return [
    '# Mutants',
    '',
    '`npm run mutate -- --markdown` writes this page. [testing.md](testing.md#mutants) says what the verdicts mean.',
    '',
    `${total.killed} of ${total.mutants} mutants are killed, ${total.equivalent} are equivalent, ${total.survives} survive, and ${total.undecided} are undecided: ${percent(rate(total))} of those that may change anything are killed.`,
    '',
    ...table(
      ['net', 'noticed first'],
      Object.entries(byNet).map(([net, count]) => [net, `${count}`]),
    ),
    '## Equivalent mutants',
    '',
    ...table(
      ['explanation', 'mutants', 'why they accept no other statement'],
      explanations.flatMap(({ name, why }) => {
        const count = by('equivalent').filter(({ because }) => because === name).length;
        return count > 0 ? [[name, `${count}`, why]] : [];
      }),
    ),
    '## Survivors',
    '',
    ...listed(by('survives')),
    '## Undecided mutants',
    '',
    ...listed(by('undecided')),
    '## By kind of change and gate',
    '',
    ...tallies('change, gate', byKind),
    '## By op and circuit',
    '',
    ...tallies('op or circuit', byCircuit),
  ].join('\n');
}

function listed(all: readonly Unnoticed[]): string[] {
  if (all.length === 0) return ['None.', ''];
  return [
    ...all.map(
      ({ circuit, change, line, element, where, because }) =>
        `- ${circuit}: ${change}; \`${line}\`, element ${element}${where ? `, ${where}` : ''}: ${because}`,
    ),
    '',
  ];
}

const tallies = (title: string, all: Readonly<Record<string, Tally>>): string[] =>
  table(
    [title, 'mutants', 'killed', 'equivalent', 'survive', 'undecided'],
    Object.entries(all).map(([name, { mutants, killed, equivalent, survives, undecided }]) => [
      name,
      ...[mutants, killed, equivalent, survives, undecided].map(String),
    ]),
  );

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string[] => [
  ...[head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`),
  '',
];
