// The score as text.
import { explanations } from '../../compiler/testing/mutation/explained.ts';
import {
  rate,
  type Score,
  type Tally,
  type Unnoticed,
} from '../../compiler/testing/mutation/score.ts';

export function render({ total, byKind, byCircuit, byNet, unnoticed }: Score): string {
  const nets = Object.entries(byNet).map(([net, count]) => `${net} ${count}`);
  const by = (verdict: Unnoticed['verdict']): readonly Unnoticed[] =>
    unnoticed.filter((each) => each.verdict === verdict);
  return [
    ...table('by kind', byKind),
    ...table('by circuit', byCircuit),
    `noticed first by: ${nets.join(', ')}`,
    '',
    ...explanations.flatMap(({ name, why }) => {
      const own = by('equivalent').filter(({ because }) => because === name);
      return own.length > 0 ? [`${own.length} are equivalent, ${name}: ${why}`] : [];
    }),
    `${by('survives').length} survive`,
    ...by('survives').map(renderUnnoticed),
    `${by('undecided').length} are undecided`,
    ...by('undecided').map(renderUnnoticed),
    '',
    row('all', total),
    `${percent(total.killed / total.mutants)} of all, ${percent(rate(total))} of those that may change anything`,
  ].join('\n');
}

function table(title: string, tallies: Readonly<Record<string, Tally>>): string[] {
  return [title, ...Object.entries(tallies).map(([name, tally]) => row(name, tally)), ''];
}

const row = (name: string, tally: Tally): string => {
  const others = (['equivalent', 'survives', 'undecided'] as const).flatMap((verdict) =>
    tally[verdict] > 0 ? [`, ${tally[verdict]} ${verdict}`] : [],
  );
  const killed = `${String(tally.killed).padStart(6)} of ${String(tally.mutants).padStart(6)} killed`;
  return `  ${name.padEnd(32)} ${killed}${others.join('')}`;
};

const renderUnnoticed = ({
  circuit,
  kind,
  change,
  line,
  element,
  where,
  because,
}: Unnoticed): string =>
  `  ${circuit}: ${kind}; ${change}; \`${line}\`, element ${element}${where ? `, ${where}` : ''}; ${because}`;

export const percent = (x: number): string => `${(100 * x).toFixed(2)} %`;
