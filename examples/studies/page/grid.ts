// Tables as HTML and as Markdown.
import { escape } from './plot.ts';

/** A header and its rows, as text. */
export type Grid = readonly (readonly string[])[];

export function htmlGrid([head, ...rows]: Grid): string {
  const line = (tag: string, cells: readonly string[]): string =>
    `<tr>${cells.map((cell) => `<${tag}>${escape(cell)}</${tag}>`).join('')}</tr>`;
  return `<table>${line('th', head!)}${rows.map((row) => line('td', row)).join('')}</table>`;
}

export function markdownGrid([head, ...rows]: Grid): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head!), line(head!.map(() => '---')), ...rows.map(line)].join('\n');
}

/** The same with columns as wide as their widest cell, as the formatter of the repository writes it. */
export function alignedGrid(grid: Grid): string {
  const widths = grid[0]!.map((_, i) => Math.max(3, ...grid.map((row) => row[i]!.length)));
  const padded = grid.map((row) => row.map((cell, i) => cell.padEnd(widths[i]!)));
  const [head, ...rows] = padded.map((row) => `| ${row.join(' | ')} |`);
  return [head, `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...rows].join('\n');
}
