// The results as Markdown.
import { markdownGrid } from '../../page/grid.ts';
import { percent, sweepGrid, tableGrid } from './columns.ts';
import { effortText } from './effort.ts';
import type { Results } from './results.ts';

export function renderMarkdown({ settings, effort, tables, ablations }: Results): string {
  return [
    `# Experiments, ${settings.name}`,
    `${effortText(effort)}.`,
    ...tables.flatMap((table) => [
      `## ${table.title}`,
      table.remark,
      markdownGrid(tableGrid(table)),
    ]),
    ...ablations.flatMap(({ title, budget, sweeps }) => [
      `## Ablations: ${title}, ${percent(budget, 0)} % masked`,
      ...sweeps.flatMap((sweep) => [`### ${sweep.title}`, markdownGrid(sweepGrid(sweep))]),
    ]),
    '',
  ].join('\n\n');
}
