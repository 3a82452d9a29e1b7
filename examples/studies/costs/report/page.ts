// The report as one page that needs nothing else.
import { renderDocument } from '../../page/document.ts';
import { htmlGrid, markdownGrid } from '../../page/grid.ts';
import { escape, renderPlot, type Series } from '../../page/plot.ts';
import { mainSize } from '../cases.ts';
import type { Results } from '../results.ts';
import { partsTables, tablesOf, type Table } from './tables.ts';

const heading = 'What it costs';

export const describe = ({ machine, sources }: Results): string =>
  `${machine.processor}, ${machine.cores} cores, ${(machine.memory / 2 ** 30).toFixed(0)} GiB, Node ${machine.node}; sources ${sources.slice(0, 12)}.`;

const allTables = (results: Results): Table[] => [...tablesOf(results), ...partsTables(results)];

export function renderMarkdown(results: Results): string {
  const section = ({ title, remark, grid }: Table): string[] => [
    `## ${title}`,
    remark,
    markdownGrid(grid),
  ];
  const tables = allTables(results).flatMap(section);
  return `${[`# ${heading}`, describe(results), ...tables].join('\n\n')}\n`;
}

export function renderPage(results: Results): string {
  const section = ({ title, remark, grid }: Table): string[] => [
    `<h2>${escape(title)}</h2>`,
    `<p>${escape(remark)}</p>`,
    htmlGrid(grid),
  ];
  return renderDocument('Lethe: benchmark', [
    `<h1>${heading}</h1>`,
    `<p>${escape(describe(results))}</p>`,
    ...plotsOf(results),
    ...allTables(results).flatMap(section),
    `<h2>How to get these numbers</h2>`,
    `<pre>npm run bench</pre>`,
  ]);
}

function plotsOf({ rows, masks, proofs, curve }: Results): string[] {
  const bySize = plot(
    'block size; rows per weight',
    masks.map(({ name }) => ({
      title: name,
      points: rows
        .filter(({ mask }) => mask === name)
        .map(({ size, rowsPerWeight }) => ({ x: size, y: rowsPerWeight })),
    })),
  );
  const tiles = proofs.filter(({ size }) => size === mainSize);
  const perTile = (title: string, y: (proof: (typeof proofs)[number]) => number): Series => ({
    title,
    points: tiles.map((proof) => ({ x: proof.measurement.domain, y: y(proof) })),
  });
  return [
    bySize,
    plot('rows of a tile; core-ms per weight, blocks of 32', [
      perTile('prove', (proof) => proof.coreMillisecondsPerWeight),
    ]),
    plot('rows of a tile; peak memory in MB, blocks of 32', [
      perTile('peak', ({ measurement }) => measurement.memory.prove / 1e6),
    ]),
    plot('constraints; seconds to trace, analyse and record', [
      {
        title: 'all',
        points: curve.map(({ constraints, trace, analyse, record }) => ({
          x: constraints,
          y: trace + analyse + record,
        })),
      },
    ]),
  ];
}

/** On two logarithmic scales; nothing where no line has two points. */
function plot(axis: string, all: readonly Series[]): string {
  const series = all.filter(({ points }) => points.length > 1);
  if (series.length === 0) return '';
  const show = (y: number): string => y.toPrecision(2);
  return renderPlot({ axis, series, levels: [], logarithmic: true, show });
}
