// What values are called while a text is read. Numbers of lines need not be in order, only different; a value of a
// line with a mistake has a name, but no number in the program.
import type { Report } from './parts.ts';
import type { Operation, Place, Unreadable, Word } from './syntax.ts';

export const isInput = ({ op }: Operation): boolean => op.text === 'secret' || op.text === 'public';

/** What later lines call the value of a line. */
function nameGivenBy(line: Operation | Unreadable): string | undefined {
  if (!('op' in line)) return line.defines;
  return isInput(line) ? line.operands[0]?.text : line.label?.text;
}

export class Values {
  readonly #numbers = new Map<string, number | undefined>();
  /** Where each is defined first. */
  readonly #places = new Map<string, Place>();

  constructor(
    lines: readonly (Operation | Unreadable)[],
    private readonly report: Report,
  ) {
    for (const line of lines) {
      const name = nameGivenBy(line);
      if (name !== undefined && !this.#places.has(name)) this.#places.set(name, line.place);
    }
  }

  /** Undefined for a line with a mistake. The first definition of a name counts. */
  define(line: Operation | Unreadable, number: number | undefined): void {
    const name = nameGivenBy(line);
    if (name !== undefined && !this.#numbers.has(name)) this.#numbers.set(name, number);
  }

  checkNew({ text, place }: Word): void {
    if (this.#numbers.has(text))
      this.report(
        'duplicate-name',
        place,
        `${text} is defined already, on line ${this.#places.get(text)!.line}`,
        'give each value a number of its own; `lethe fmt` then numbers them in order',
      );
  }

  /** Reports a name that is not defined before its use. */
  find({ text, place }: Word): number | undefined {
    if (this.#numbers.has(text)) return this.#numbers.get(text);
    const later = this.#places.get(text);
    if (later)
      return this.report(
        'unknown-value',
        place,
        `${text} is used before it is defined, on line ${later.line}`,
        'move that line up',
      );
    const known = [...this.#numbers.keys()].slice(-8).join(', ');
    return this.report(
      'unknown-value',
      place,
      `no value is called ${text}`,
      known ? `the last ones before are: ${known}` : 'there is none before this line',
    );
  }
}
