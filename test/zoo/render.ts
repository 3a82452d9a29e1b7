// The score as Markdown, which a terminal can show as well.
import type { Judged, Row, Score, Tally } from './score.ts';

const percent = (part: number, of: number): string =>
  of === 0 ? '–' : `${((100 * part) / of).toFixed(0)} %`;

const precision = ({ found, more, falseAlarms }: Row): string =>
  percent(found + more, found + more + falseAlarms);

export function table({ rows, circuit, specification, right, seconds }: Score): string {
  const inAll = (faults: Tally): string => `${faults.found} of ${faults.of}`;
  return [
    '| net | should find | finds | recall | others found | false alarms | precision | seconds |',
    '| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
    ...rows.map(
      (row) =>
        `| ${row.net} | ${row.expected} | ${row.found} | ${percent(row.found, row.expected)} | ${row.more} | ${row.falseAlarms} | ${precision(row)} | ${row.seconds.toFixed(1)} |`,
    ),
    '',
    `- Faults that a circuit shows by itself: ${inAll(circuit)} found, recall ${percent(circuit.found, circuit.of)}.`,
    `- Faults that only a specification shows: ${inAll(specification)} found.`,
    `- Right circuits: ${right.of - right.alarms.length} of ${right.of} pass.`,
    `- Processor time: ${seconds.toFixed(0)} s.`,
  ].join('\n');
}

/** Which specimens are missed, and which right ones are reported, with what is said of them. */
export function mistakes(
  { circuit, specification, missed }: Score,
  judged: readonly Judged[],
): string {
  const alarms = judged.flatMap(({ specimen: { name, answer }, verdict }) =>
    answer.is === 'right'
      ? Object.entries(verdict.findings).map(
          ([net, [first, ...others]]) =>
            `- \`${name}\`, ${net}: ${first!.message}${others.length > 0 ? ` (and ${others.length} more)` : ''}`,
        )
      : [],
  );
  const list = (title: string, lines: readonly string[]): string[] =>
    lines.length === 0 ? [] : [`${title}:`, '', ...lines, ''];
  return [
    ...list('Broken, and nothing is said', [
      ...circuit.missed.map((name) => `- \`${name}\``),
      ...specification.missed.map((name) => `- \`${name}\` (by a specification)`),
    ]),
    ...list(
      'Broken, and a net that is named says nothing',
      missed.map(({ name, net }) => `- \`${name}\`, ${net}`),
    ),
    ...list('Right, and something is said', alarms),
  ].join('\n');
}
