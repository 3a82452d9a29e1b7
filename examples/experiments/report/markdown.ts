// The results as Markdown.
import { percent, sweepGrid, tableGrid, type Grid } from './columns.ts';
import { effortText } from './effort.ts';
import type { Results } from './results.ts';

export function renderMarkdown({ settings, effort, tables, ablations }: Results): string {
  return [
    `# Experiments, ${settings.name}`,
    `${effortText(effort)}.`,
    ...tables.flatMap((table) => [`## ${table.title}`, table.remark, renderGrid(tableGrid(table))]),
    ...ablations.flatMap(({ title, budget, sweeps }) => [
      `## Ablations: ${title}, ${percent(budget, 0)} % masked`,
      ...sweeps.flatMap((sweep) => [`### ${sweep.title}`, renderGrid(sweepGrid(sweep))]),
    ]),
    '',
  ].join('\n\n');
}

function renderGrid([head, ...rows]: Grid): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head!), line(head!.map(() => '---')), ...rows.map(line)].join('\n');
}
