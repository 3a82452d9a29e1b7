// The values of a tile's tensors: those of a table are added a row after the other, in the order of places.
import type { Opening } from '../commitments/opening.ts';

export class PortValues {
  readonly #values = new Map<string, bigint[]>();

  get all(): ReadonlyMap<string, readonly bigint[]> {
    return this.#values;
  }

  set(name: string, value: bigint): this {
    this.#values.set(name, [value]);
    return this;
  }

  add(name: string, ...values: readonly bigint[]): void {
    const own = this.#values.get(name);
    if (own) own.push(...values);
    else this.#values.set(name, [...values]);
  }

  /** The words of an opening, and its salt where it has one. */
  open(words: string, salts: string, opening: Opening): void {
    this.add(words, ...opening.words);
    if (opening.salt !== undefined) this.add(salts, opening.salt);
  }
}
