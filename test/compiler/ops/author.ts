// Writes the random programs of ops, line by line.
import { ProgramBuilder } from '../../../compiler/program/builder.ts';
import type { Format } from '../../../compiler/ir/format.ts';
import type { Attributes, Program } from '../../../compiler/ir/program.ts';
import type { Shape } from '../../../compiler/ir/shape.ts';

export class Author {
  readonly builder = new ProgramBuilder();
  #names = 0;

  input(format: Format, shape: Shape, visibility = 'secret', given: Attributes = {}): number {
    const name = `x${this.#names++}`;
    return this.builder.append('input', [], { name, visibility, ...given, format, shape });
  }

  line(op: string, args: readonly number[], attributes: Attributes = {}): number {
    return this.builder.append(op, args, attributes);
  }

  expose(value: number): void {
    this.line('expose', [value], { name: `y${this.#names++}` });
  }
}

export function program(build: (author: Author) => void): Program {
  const author = new Author();
  build(author);
  return author.builder.finish('case', {});
}

/** A program that exposes one line's value. */
export const exposing = (build: (author: Author) => number): Program =>
  program((author) => author.expose(build(author)));
