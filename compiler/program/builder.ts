// Builds a program line by line; every line is typed as it comes, so a mistake is found where it is written.
import { at, fail, type SourceLine } from '../diagnostics/diagnostic.ts';
import { findOp } from '../ops/index.ts';
import { Choices, isOpen, refuseOpen, type Chooser, type OpenFormat } from '../ir/open.ts';
import type { Format } from '../ir/format.ts';
import {
  isName,
  type Attributes,
  type Line,
  type Program,
  type TensorType,
} from '../ir/program.ts';
import { checkSize } from '../ir/shape.ts';
import type { Intervals } from '../numbers/interval.ts';
import { callOf } from './calls.ts';
import { portName } from './ports.ts';
import { WorkMeter, type WorkLimit } from './work.ts';

export class ProgramBuilder {
  readonly #lines: Line[] = [];
  readonly #ports = new Set<string>();
  readonly #choices: Choices;
  /** By line, the assertion that stands for its value since it was made. */
  readonly #asserted = new Map<number, number>();

  /** By line, as far as they were asked for. */
  readonly #intervals: Intervals[] = [];

  readonly #work: WorkMeter;

  /** `choose` decides what the author leaves open. */
  constructor(choose: Chooser = refuseOpen, { mostGates }: WorkLimit = {}) {
    this.#choices = new Choices(choose);
    this.#work = new WorkMeter(mostGates);
  }

  /** Appends a line and returns its number. Throws a LetheError at `where`: also `too-much-work`, past the budget of gates. */
  append(op: string, args: readonly number[], attributes: Attributes, where?: SourceLine): number {
    return at(where, () => {
      const record = findOp(op);
      const name = portName({ op, attributes });
      if (name !== undefined) this.#claim(name);
      const own = ownCopy(attributes);
      const type = record.type(
        args.map((arg) => this.typeOf(arg)),
        own,
      );
      checkSize(type.shape);
      const line: Line = { op, arguments: [...args], attributes: own, type };
      const number = this.#lines.push(where ? { ...line, where } : line) - 1;
      this.#work.add(this.#lines);
      return number;
    });
  }

  /** From here on, `assertion` stands for the value: authors who name it mean what is known of it by now. */
  replace(value: number, assertion: number): void {
    this.#asserted.set(this.latest(value), assertion);
  }

  /** The line that stands for the value. */
  latest(value: number): number {
    const assertion = this.#asserted.get(value);
    return assertion === undefined ? value : this.latest(assertion);
  }

  typeOf(value: number): TensorType {
    return this.#lines[value]!.type;
  }

  /** The intervals of a value's elements. Throws a LetheError where the range analysis refuses a line up to it. */
  intervalsOf(value: number): Intervals {
    for (let line = this.#intervals.length; line <= value; line++) {
      const { op, arguments: args, where } = this.#lines[line]!;
      const known = args.map((argument) => this.#intervals[argument]!);
      const range = () =>
        findOp(op).range(known, callOf({ lines: this.#lines }, this.#lines[line]!));
      this.#intervals.push(at(where, range));
    }
    return this.#intervals[value]!;
  }

  /** The format itself, or the one that is chosen for an open one; `name` is what it is called if it has no name. */
  formatOf(format: Format | OpenFormat, name?: string, where?: SourceLine): Format {
    if (!isOpen(format)) return format;
    return this.#choices.format(format, name ?? this.#nextName('format'), where);
  }

  /** The bits of the range check that an open tolerance costs. */
  toleranceBits(least: number, where?: SourceLine): number {
    return this.#choices.bits({ name: this.#nextName('tolerance'), of: 'tolerance', least }, where);
  }

  finish(name: string, parameters: Readonly<Record<string, number>>): Program {
    const choices = this.#choices.list;
    return {
      name,
      parameters,
      lines: [...this.#lines],
      ...(choices.length > 0 ? { choices } : {}),
    };
  }

  /** `tolerance`, then `tolerance-2`, and so on. */
  #nextName(kind: string): string {
    const taken = new Set(this.#choices.list.map(({ name }) => name));
    for (let count = 1; ; count++) {
      const name = count === 1 ? kind : `${kind}-${count}`;
      if (!taken.has(name)) return name;
    }
  }

  #claim(name: string): void {
    if (!isName(name))
      fail(
        'bad-name',
        `"${name}" is not a name`,
        'a letter, then letters, digits, "_", "-" and "."',
      );
    if (this.#ports.has(name))
      fail(
        'duplicate-name',
        `the name "${name}" is taken by another input or output`,
        'choose another name',
      );
    this.#ports.add(name);
  }
}

/** An author may change his lists later; a program stays as it is. */
const ownCopy = (attributes: Attributes): Attributes =>
  Object.fromEntries(
    Object.entries(attributes).map(([key, value]) => [
      key,
      Array.isArray(value) ? [...value] : value,
    ]),
  );
