// The inspection as one self-contained page: a sortable table of lines, rows by op as bars, and the growth of the
// error along the program, derived against observed, on a log scale.
import { renderLine } from '../diagnostics/diagnostic.ts';
import type { RowCounts } from '../constraints/rows.ts';
import type { Program } from '../ir/program.ts';
import type { Interval } from '../numbers/interval.ts';
import { toReal } from '../numbers/rounding.ts';
import type { LineReport } from './report.ts';

export interface Inspection {
  readonly program: Program;
  readonly lines: readonly LineReport[];
  readonly counts: RowCounts;
  readonly total: number;
  readonly digest: string;
}

/** HTML without references to anything outside itself. */
export function renderPage(inspection: Inspection): string {
  const { program, lines, counts, total, digest } = inspection;
  const parameters = Object.entries(program.parameters).map(([key, value]) => `${key} = ${value}`);
  const gates = Object.entries(counts).map(([gate, count]) => `${escape(gate)} ${count}`);
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>${escape(program.name)}</title>
<style>${style}</style>
<h1>${escape(program.name)}</h1>
<p>${escape(parameters.join(', '))}</p>
<p><b>${total} rows</b>: ${gates.join(', ')}<br><small>digest ${digest}</small></p>
<h2>Rows by operation</h2>
${rowBars(lines)}
<h2>Error along the program</h2>
<p><span class="derived">■</span> derived bound &nbsp; <span class="observed">■</span> observed on the inputs; log scale, in real units</p>
${errorPlot(lines)}
<h2>Lines</h2>
${table(lines)}
<script>${sorting}</script>
</html>
`;
}

const style = `
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 76rem; padding: 0 1rem; color: #222; }
table { border-collapse: collapse; width: 100%; font-size: 13px; }
th, td { text-align: right; padding: .2rem .6rem; border-bottom: 1px solid #e4e4e4; white-space: nowrap; }
th { cursor: pointer; position: sticky; top: 0; background: #fff; border-bottom: 2px solid #999; }
td.text, th.text { text-align: left; white-space: normal; font-family: ui-monospace, monospace; overflow-wrap: anywhere; }
svg { width: 100%; height: auto; font: 12px system-ui, sans-serif; }
.derived { color: #c4622d; fill: #c4622d; stroke: #c4622d; }
.observed { color: #2d6fc4; fill: #2d6fc4; stroke: #2d6fc4; }
circle.derived { fill: none; stroke-width: 2; } td.source { white-space: nowrap; }
.bar { fill: #4a8c6f; } .grid { stroke: #ddd; } text { stroke: none; fill: #444; }
`;

/** A click on a heading sorts by its column; another click turns the order. */
const sorting = `
document.querySelectorAll('th').forEach((head, column) => head.addEventListener('click', () => {
  const body = document.querySelector('tbody');
  const down = head.dataset.down = head.dataset.down === 'yes' ? 'no' : 'yes';
  const key = (row) => row.cells[column].dataset.sort;
  const compare = (a, b) => key(a) === '' ? 1 : key(b) === '' ? -1
    : isNaN(key(a)) ? key(a).localeCompare(key(b)) : key(a) - key(b);
  [...body.rows].sort((a, b) => compare(a, b) * (down === 'yes' && !isNaN(key(a)) ? -1 : 1)).forEach((row) => body.append(row));
}));
`;

function rowBars(lines: readonly LineReport[]): string {
  const rows = new Map<string, number>();
  for (const { op, rows: own } of lines) rows.set(op, (rows.get(op) ?? 0) + own);
  const bars = [...rows].filter(([, count]) => count > 0).sort((a, b) => b[1] - a[1]);
  const largest = bars[0]?.[1] ?? 1;
  const all = bars.reduce((sum, [, count]) => sum + count, 0);
  const body = bars.map(([op, count], i) => {
    const [y, width] = [i * 24, (560 * count) / largest];
    const share = ((100 * count) / all).toFixed(1);
    return `<text x="110" y="${y + 16}" text-anchor="end">${escape(op)}</text>
<rect class="bar" x="120" y="${y + 4}" width="${width.toFixed(1)}" height="16"/>
<text x="${(128 + width).toFixed(1)}" y="${y + 16}">${number(count)} (${share} %)</text>`;
  });
  return `<svg viewBox="0 0 860 ${bars.length * 24 + 4}" role="img">${body.join('\n')}</svg>`;
}

function errorPlot(lines: readonly LineReport[]): string {
  const shown = lines.filter(({ error }) => error !== undefined);
  const logs = shown.flatMap(({ error, observed }) =>
    [error!, observed?.error ?? 0].filter((e) => e > 0 && Number.isFinite(e)).map(Math.log10),
  );
  if (logs.length === 0) return '<p>No line has an error above zero.</p>';
  const [low, high] = [Math.floor(Math.min(...logs)), Math.ceil(Math.max(...logs)) || 1];
  const [left, right, top, height] = [60, 840, 10, 240];
  const x = (i: number): string =>
    (left + ((right - left) * (i + 0.5)) / Math.max(1, shown.length)).toFixed(1);
  const y = (error: number): string =>
    (top + (height * (high - Math.log10(error))) / Math.max(1, high - low)).toFixed(1);
  const marks = Array.from({ length: high - low + 1 }, (_, i) => low + i).map(
    (exponent) =>
      `<line class="grid" x1="${left}" x2="${right}" y1="${y(10 ** exponent)}" y2="${y(10 ** exponent)}"/>
<text x="${left - 8}" y="${Number(y(10 ** exponent)) + 4}" text-anchor="end">1e${exponent}</text>`,
  );
  const series = (kind: string, value: (line: LineReport) => number | undefined): string =>
    shown
      .flatMap((line, i) => {
        const error = value(line);
        if (!error || !Number.isFinite(error)) return [];
        return `<circle class="${kind}" cx="${x(i)}" cy="${y(error)}" r="${kind === 'derived' ? 6 : 3}"><title>${escape(line.text)}: ${error.toExponential(2)}</title></circle>`;
      })
      .join('\n');
  const labels = shown.map(
    ({ label }, i) =>
      `<text transform="translate(${x(i)} ${top + height + 14}) rotate(40)">${escape(label)}</text>`,
  );
  return `<svg viewBox="0 0 860 ${top + height + 90}" role="img">${marks.join('\n')}
${series('derived', ({ error }) => error)}
${series('observed', ({ observed }) => observed?.error)}
${labels.join('\n')}</svg>`;
}

function table(lines: readonly LineReport[]): string {
  const heads = [
    'line',
    'program',
    'rows',
    'range',
    'observed range',
    'error bound',
    'observed error',
    'source',
  ];
  const head = heads.map((name) => `<th${name === 'program' ? ' class="text"' : ''}>${name}</th>`);
  const body = lines.map((line) => {
    const { range, error, observed, fraction, where } = line;
    const cells = [
      cell(`${line.number}`, line.number),
      `<td class="text" data-sort="${escape(line.text)}">${escape(line.text)}</td>`,
      cell(number(line.rows), line.rows),
      cell(range && reals(range, fraction), range && toReal(range.high, fraction)),
      cell(
        observed && reals(observed.range, fraction),
        observed && toReal(observed.range.high, fraction),
      ),
      cell(error === undefined ? undefined : bound(error), error),
      cell(observed && bound(observed.error), observed?.error),
      `<td class="source" data-sort="${where ? escape(renderLine(where)) : ''}">${where ? escape(renderLine(where)) : ''}</td>`,
    ];
    return `<tr>${cells.join('')}</tr>`;
  });
  return `<table><thead><tr>${head.join('')}</tr></thead><tbody>${body.join('\n')}</tbody></table>`;
}

const cell = (text: string | undefined, sort: number | undefined): string =>
  `<td data-sort="${sort ?? ''}">${text ?? ''}</td>`;

const reals = ({ low, high }: Interval, fraction: number): string =>
  `${Number(toReal(low, fraction).toPrecision(5))} … ${Number(toReal(high, fraction).toPrecision(5))}`;

const bound = (error: number): string =>
  error === 0 ? '0' : Number.isFinite(error) ? error.toExponential(2) : '∞';

const number = (value: number): string => `${Math.round(value * 100) / 100}`;

const escape = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
