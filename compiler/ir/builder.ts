// Builds a program line by line; every line is typed as it comes, so a mistake is found where it is written.
import { at, fail, type SourceLine } from '../diagnostics/diagnostic.ts';
import { findOp } from '../ops/index.ts';
import type { Attributes, Line, Program, TensorType } from './program.ts';

export class ProgramBuilder {
  readonly #lines: Line[] = [];
  readonly #ports = new Set<string>();

  /** Appends a line and returns its number. Throws a LetheError at `where`. */
  append(op: string, args: readonly number[], attributes: Attributes, where?: SourceLine): number {
    return at(where, () => {
      const record = findOp(op);
      const name = record.input?.(attributes).name ?? record.output?.(attributes);
      if (name !== undefined) this.#claim(name);
      const type = record.type(
        args.map((arg) => this.typeOf(arg)),
        attributes,
      );
      const line: Line = { op, arguments: args, attributes, type };
      return this.#lines.push(where ? { ...line, where } : line) - 1;
    });
  }

  typeOf(value: number): TensorType {
    return this.#lines[value]!.type;
  }

  finish(name: string, parameters: Readonly<Record<string, number>>): Program {
    return { name, parameters, lines: this.#lines };
  }

  #claim(name: string): void {
    if (!/^[A-Za-z_][\w.-]*$/.test(name))
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
