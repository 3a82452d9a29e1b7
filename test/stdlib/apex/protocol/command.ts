// A command of fast-check: data, which are shown and made smaller, and what is done with them.
import fc from 'fast-check';
import type { Known } from './known.ts';
import type { Run } from './run.ts';

export abstract class Command<T> implements fc.AsyncCommand<Known, Run> {
  abstract readonly name: string;

  constructor(readonly data: T) {}

  /** Whether there is something to do it with. */
  abstract check(known: Readonly<Known>): boolean;

  /** Throws where the world is not as the model says. Returns what came of it. */
  protected abstract act(known: Known, run: Run): Promise<string>;

  async run(known: Known, run: Run): Promise<void> {
    known.steps++;
    known.met.add(`${this.name} ${await this.act(known, run)}`);
  }

  toString(): string {
    return `${this.name}(${JSON.stringify(this.data)})`;
  }
}

/** An index from the end of a list: what is new is wanted most often. */
export const recent: fc.Arbitrary<number> = fc.oneof(
  { weight: 2, arbitrary: fc.constant(0) },
  { weight: 2, arbitrary: fc.nat(1) },
  fc.nat(7),
);

/** Commands that belong together, one after the other. */
export class Sequence extends Command<readonly Command<unknown>[]> {
  readonly name = 'sequence';

  override check = (): boolean => true;

  override async act(known: Known, run: Run): Promise<string> {
    for (const each of this.data) if (each.check(known)) await each.run(known, run);
    return `of ${this.data.length}`;
  }

  override toString(): string {
    return this.data.join(', then ');
  }
}
