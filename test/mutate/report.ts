// The score as text.
import { explanations } from '../../compiler/testing/mutation/explained.ts';
import {
  rate,
  type Score,
  type Survivor,
  type Tally,
} from '../../compiler/testing/mutation/score.ts';

export function render({ total, byKind, byCircuit, byNet, survivors }: Score): string {
  const open = survivors.filter(({ explained }) => explained === undefined);
  const nets = Object.entries(byNet).map(([net, count]) => `${net} ${count}`);
  return [
    ...table('by kind', byKind),
    ...table('by circuit', byCircuit),
    `noticed first by: ${nets.join(', ')}`,
    '',
    ...explanations.flatMap(({ name, why }) => {
      const own = survivors.filter(({ explained }) => explained === name);
      return own.length > 0 ? [`${own.length} survivors are explained, ${name}: ${why}`] : [];
    }),
    `${open.length} survivors are not explained`,
    ...open.map(renderSurvivor),
    '',
    row('all', total),
    `${percent(total.killed / total.mutants)} of all, ${percent(rate(total))} of those that change anything`,
  ].join('\n');
}

function table(title: string, tallies: Readonly<Record<string, Tally>>): string[] {
  return [title, ...Object.entries(tallies).map(([name, tally]) => row(name, tally)), ''];
}

const row = (name: string, { mutants, killed, explained }: Tally): string =>
  `  ${name.padEnd(32)} ${String(killed).padStart(6)} of ${String(mutants).padStart(6)} killed` +
  (explained > 0 ? `, ${explained} explained` : '') +
  (mutants - killed - explained > 0 ? `, ${mutants - killed - explained} survive` : '');

const renderSurvivor = ({ circuit, kind, change, line, element, where }: Survivor): string =>
  `  ${circuit}: ${kind}; ${change}; \`${line}\`, element ${element}${where ? `, ${where}` : ''}`;

const percent = (x: number): string => `${(100 * x).toFixed(2)} %`;
