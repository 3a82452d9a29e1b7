// Numbers that wait to be looked at: first in, first out, none of them twice at a time.

export class Worklist {
  readonly #waiting = new Set<number>();
  #queue: number[] = [];
  #next = 0;

  push(number: number): void {
    if (this.#waiting.has(number)) return;
    this.#waiting.add(number);
    this.#queue.push(number);
  }

  /** The one that waited longest; undefined when none is left. */
  take(): number | undefined {
    const number = this.#queue[this.#next++];
    if (number !== undefined) this.#waiting.delete(number);
    else [this.#queue, this.#next] = [[], 0];
    return number;
  }
}
