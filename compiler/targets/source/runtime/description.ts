// Programs as generated code writes them: every statement types one line and appends it.
import type { Op } from '../../../ops/op.ts';
import type { Attributes, Line, Program } from '../../../ir/program.ts';

/** A tensor of the program, by the number of its line. */
export type Value = number;

/** An op as a function of its arguments and, last, its attributes. */
export type Statement<A extends Attributes> = Attributes extends A
  ? (...args: Value[]) => Value
  : (...parts: [...args: Value[], attributes: A]) => Value;

export class Description {
  readonly #lines: Line[] = [];

  /** Throws a LetheError for arguments or attributes that the op does not take. */
  statement<A extends Attributes>(op: Op<A>): Statement<A> {
    const append = (...parts: (Value | A)[]): Value => {
      const args = parts.filter((part) => typeof part === 'number');
      const attributes = parts.find((part) => typeof part === 'object') ?? ({} as A);
      const type = op.type(
        args.map((arg) => this.#lines[arg]!.type),
        attributes,
      );
      return this.#lines.push({ op: op.name, arguments: args, attributes, type }) - 1;
    };
    return append as Statement<A>;
  }

  finish(name: string, parameters: Program['parameters']): Program {
    return { name, parameters, lines: [...this.#lines] };
  }
}
