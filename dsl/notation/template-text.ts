// The text of a template as messages show it, each interpolated value as ${…}, with carets under what is meant.
import type { Span } from './syntax.ts';

export const hole = '${…}';

export class TemplateText {
  readonly text: string;

  constructor(strings: readonly string[]) {
    this.text = strings.join(hole).replaceAll('\t', ' ');
  }

  slice({ start, end }: Span): string {
    return this.text.slice(start, end);
  }

  /** The template's lines, indented, each followed by the carets that belong to it. */
  point(spans: readonly Span[]): string {
    let from = 0;
    const lines = this.text.split('\n').map((line) => {
      const start = from;
      from += line.length + 1;
      const marks = spans.filter(
        (span) => span.start >= start && span.start <= start + line.length,
      );
      return { line: line.trimEnd(), carets: carets(line, marks, start) };
    });
    const shown = lines.filter(({ line, carets }) => line.trim() !== '' || carets !== '');
    const indent = Math.min(...shown.map(({ line }) => line.search(/\S|$/)));
    return shown
      .flatMap(({ line, carets }) => (carets === '' ? [line] : [line, carets]))
      .map((each) => `    ${each.slice(indent)}`)
      .join('\n');
  }
}

function carets(line: string, spans: readonly Span[], start: number): string {
  const marked = (at: number): boolean =>
    spans.some((span) => at >= span.start && at < Math.max(span.end, span.start + 1));
  return Array.from({ length: line.length + 1 }, (_, column) =>
    marked(start + column) ? '^' : ' ',
  )
    .join('')
    .trimEnd();
}
