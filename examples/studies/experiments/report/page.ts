// The report as one page that needs nothing else.
import { renderDocument } from '../../page/document.ts';
import { htmlGrid } from '../../page/grid.ts';
import { escape, renderPlot, type Series } from '../../page/plot.ts';
import { percent, sweepGrid, tableGrid } from './columns.ts';
import { effortText } from './effort.ts';
import {
  maskedRow,
  type ResultAblation,
  type ResultRow,
  type Results,
  type ResultTable,
} from './results.ts';

const columns = `Forget accuracy is on D_f itself; personal and retain accuracy on images of the client's and the provider's
domain that were never trained on. MIA AUC: how well a loss tells members of D_f from held-out examples like them, 50 is ideal,
with DeLong's 95 % interval. A_f and A_p: mean KL(p(·|x; θ_u) ‖ p(·|x; θ*)) on D_f and D_p, in nats, the mean over the exact models.
Recovered: the part of the personal accuracy that the mask cost. Seconds of the method, without training and shared gradients, on whatever else
the machine was doing. Gradient ascent, SCRUB and dampening are shown with the strength that flatters them most.`;

export function renderPage(results: Results): string {
  const { settings, versions, effort, tables, ablations } = results;
  const body = [
    `<h1>Does it forget?</h1>`,
    `<p>${escape(columns)}</p>`,
    ...tables.flatMap((table) => [
      `<h2>${escape(table.title)}</h2>`,
      `<p>${escape(table.remark)}</p>`,
      htmlGrid(tableGrid(table)),
      budgetPlot(table),
    ]),
    ...ablations.flatMap((each) => renderAblation(each, tables)),
    `<h2>How to get these numbers</h2>`,
    `<pre>npm run experiments${settings.name === 'quick' ? ' -- --quick' : ''}</pre>`,
    `<p>${escape(effortText(effort))}.</p>`,
    `<p>${Object.entries(versions)
      .map(([name, version]) => escape(`${name} ${version}`))
      .join(', ')}. Seeds and sizes:</p>`,
    `<pre>${escape(JSON.stringify(settings, null, 1))}</pre>`,
  ];
  return renderDocument('Lethe: experiments', body);
}

function renderAblation(
  { title, budget, sweeps }: ResultAblation,
  tables: readonly ResultTable[],
): string[] {
  const { rows } = tables.find((table) => table.title === title)!;
  const level = (name: string, row: ResultRow): { title: string; y: number } => ({
    title: name,
    y: row.score.personal.accuracy,
  });
  const levels = [level('before', rows[0]!), level('mask only', maskedRow(rows, budget)!)];
  return [
    `<h2>Ablations: ${escape(title)}, ${percent(budget, 0)} % masked</h2>`,
    ...sweeps.flatMap((sweep) => {
      const points = sweep.points.flatMap(({ x, personal }) =>
        x === undefined ? [] : [{ x, y: personal }],
      );
      const series = [{ title: 'personal accuracy', points }];
      return [
        `<h3>${escape(sweep.title)}</h3>`,
        points.length > 1 ? renderPlot({ axis: sweep.axis, series, levels }) : '',
        htmlGrid(sweepGrid(sweep)),
      ];
    }),
  ];
}

/** Personal accuracy by budget; nothing for a single budget. */
function budgetPlot({ rows }: ResultTable): string {
  const titles = [
    ...new Set(rows.filter(({ budget }) => budget !== undefined).map(({ title }) => title)),
  ];
  const series = titles.map((title): Series => {
    const own = rows.filter(
      (row): row is ResultRow & { budget: number } =>
        row.title === title && row.budget !== undefined,
    );
    const points = own.map(({ budget, score }) => ({
      x: 100 * budget,
      y: score.personal.accuracy,
    }));
    return { title, points: points.sort((a, b) => a.x - b.x) };
  });
  if ((series[0]?.points.length ?? 0) < 2) return '';
  const level = (row: ResultRow): { title: string; y: number } => ({
    title: row.title,
    y: row.score.personal.accuracy,
  });
  return renderPlot({
    axis: 'budget, % of the weights in scope; personal accuracy',
    series,
    levels: [level(rows[0]!), level(rows.at(-1)!)],
  });
}
