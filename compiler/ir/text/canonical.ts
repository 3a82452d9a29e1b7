// The one form of a text: what `print` gives for its program, with the comments where they were and blank lines
// between lines, at most one at a time. Values are numbered by their lines.
import { layOut, printHeader, printLine, type Row } from '../print.ts';
import { parseReading } from './parse.ts';
import { readText } from './read.ts';

/** Throws a LetheError for what is no program. The result is its own canonical form. */
export function canonical(text: string, file: string): string {
  const reading = readText(text);
  const program = parseReading(reading, file);
  const start = reading.header!.place.line;
  const rows = new Map<number, Row>([[start, { text: printHeader(program) }]]);
  program.lines.forEach(({ where }, number) =>
    rows.set(where!.line, { text: printLine(program, number) }),
  );
  for (const { text: note, place } of reading.comments)
    rows.set(place.line, { ...rows.get(place.line), note: note.trimEnd() });
  const [head, body]: [Row[], Row[]] = [[], []];
  let last: number | undefined;
  for (const line of [...rows.keys()].sort((a, b) => a - b)) {
    const part = line <= start ? head : body;
    if (last !== undefined && line > last + 1) part.push({});
    part.push(rows.get(line)!);
    last = line;
  }
  return layOut(head, '') + layOut(body);
}
