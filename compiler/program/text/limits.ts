// How much text is read as a program: far more than any circuit has that can be proved, and little enough to be read in a second.
import { fail } from '../../diagnostics/diagnostic.ts';

/** Bytes of a file, characters of a text. */
export const longestProgram = 16_000_000;

/** Comments and empty lines included. */
const mostLines = 200_000;

/** A word and a sign take some 300 bytes of memory while they are read: a constant has as many as it has values. */
const mostSigns = 1_000_000;

/** Findings of one text that are reported. */
export const mostFindings = 1000;

/** Before anything is read. Throws `too-large`. */
export function checkLength(text: string, file: string): void {
  const refuse = (found: string, most: number): never =>
    fail(
      'too-large',
      `${file}: the text has ${found}, at most ${most} are read`,
      'check that it is a program; large constants can be secret inputs that are committed to',
    );
  if (text.length > longestProgram) refuse(`${text.length} characters`, longestProgram);
  const { lines, signs } = count(text);
  if (lines > mostLines) refuse(`${lines} lines`, mostLines);
  if (signs > mostSigns) refuse(`${signs} signs between its words`, mostSigns);
}

/** Characters that no word has, spaces between words counted once. Two neighbouring ones have at most one word between them. */
function count(text: string): { readonly lines: number; readonly signs: number } {
  let [lines, signs] = [1, 0];
  let wasSpace = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const isSpace = code === 0x20 || code === 9 || code === 10 || code === 13;
    if (code === 10) lines++;
    if (!isWord(code) && !(isSpace && wasSpace)) signs++;
    wasSpace = isSpace;
  }
  return { lines, signs };
}

/** A letter, a digit, or "_". */
const isWord = (code: number): boolean =>
  (code >= 0x30 && code <= 0x39) ||
  (code >= 0x41 && code <= 0x5a) ||
  (code >= 0x61 && code <= 0x7a) ||
  code === 0x5f;
