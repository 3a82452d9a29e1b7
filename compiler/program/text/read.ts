// From text to lines of words: the first is the header, and what cannot be read is said, line by line.
import { excerpt, headerHint, parseLine, placeOf, tokenize, type Token } from './grammar.ts';
import type { Finding, Header, Operation, Reading, Unreadable, Word } from './syntax.ts';

/** Never throws: findings are part of what was read. */
export function readText(text: string): Reading {
  const tokens = tokenize(text);
  const findings: Finding[] = tokens.strange.map(explainStrange);
  const strange = new Set(findings.map(({ place }) => place.line));
  const isHeader = (line: readonly Token[]): boolean => line[0]!.image === 'circuit';
  const accept = <T extends object>(read: T | Finding): T | undefined => {
    if (!('message' in read)) return read;
    findings.push(read);
    return undefined;
  };

  let header: Header | undefined;
  const lines: (Operation | Unreadable)[] = [];
  const [first] = tokens.lines;
  if (!first || !isHeader(first)) findings.push(noHeader(first?.[0]));
  for (const line of tokens.lines) {
    const readable = !strange.has(placeOf(line[0]!).line);
    if (line === first && isHeader(line)) {
      if (readable) header = accept(parseLine(line, 'header'));
    } else if (isHeader(line)) {
      findings.push(secondHeader(line[0]!));
    } else {
      const operation = readable ? accept(parseLine(line, 'line')) : undefined;
      lines.push(operation ?? unreadable(line));
    }
  }
  return { lines, comments: tokens.comments, findings, ...(header ? { header } : {}) };
}

const noHeader = (token: Token | undefined): Finding => ({
  place: token ? placeOf(token) : { line: 1, column: 1 },
  message: `a program begins with its name, ${token ? `not with ${excerpt(token.image)}` : 'and the text is empty'}`,
  hint: headerHint,
});

const secondHeader = (token: Token): Finding => ({
  place: placeOf(token),
  message: '"circuit" begins a program, and this is not the first line',
  hint: 'a file holds one program',
});

/** The name of its value is known all the same, where the line has the beginning of one that gives a name. */
function unreadable(line: readonly Token[]): Unreadable {
  const [first, second] = line.map(({ image }) => image);
  const place = placeOf(line[0]!);
  if (first!.startsWith('%')) return { place, defines: first! };
  const isInput = first === 'secret' || first === 'public';
  return { place, ...(isInput && second !== undefined ? { defines: second } : {}) };
}

function explainStrange({ text, place }: Word): Finding {
  if (text.startsWith('"'))
    return {
      place,
      message: 'a string that does not end on its line, or holds what a string cannot',
      hint: 'strings are written as in JSON: "bij,bj->bi"',
    };
  if (text.startsWith('%'))
    return {
      place,
      message: `${excerpt(text)} is no value`,
      hint: 'values are called by a number, %3, inputs by their names',
    };
  return {
    place,
    message: `${excerpt(text)} has no meaning here`,
    hint: 'a line is made of words, %3, numbers, "strings" and = : [ , ]; # begins a comment',
  };
}
