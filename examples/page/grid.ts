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
