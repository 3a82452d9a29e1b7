// The one form of a text: what `print` gives for its program, with the comments where they were and blank lines
// between lines, at most one at a time; a comment at the left edge stays there. Values are numbered by their lines.
import { layOut, printHeader, printLine, type Row } from '../print.ts';
import { checkLength } from './limits.ts';
import { parseReading } from './parse.ts';
import { readText } from './read.ts';

/** Throws a LetheError for what is no program. The result is its own canonical form. */
export function canonical(text: string, file: string): string {
  checkLength(text, file);
  const reading = readText(text);
  const program = parseReading(reading, file, { mostGates: Infinity });
  const start = reading.header!.place.line;
  const rows = new Map<number, Row>([[start, { text: printHeader(program), edge: true }]]);
  program.lines.forEach(({ where }, number) =>
    rows.set(where!.line, { text: printLine(program, number) }),
  );
  for (const { text, place } of reading.comments) {
    const beside = rows.get(place.line) ?? { edge: place.column === 1 || place.line < start };
    rows.set(place.line, { ...beside, note: text.trimEnd() });
  }
  const written = [...rows.keys()].sort((a, b) => a - b);
  return layOut(
    written.flatMap((line, i) => {
      const blank = i > 0 && line > written[i - 1]! + 1;
      return [...(blank ? [{}] : []), rows.get(line)!];
    }),
  );
}
