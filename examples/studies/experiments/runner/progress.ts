// How much is left: units of a kind that was timed count with the mean, others with their guess.
import type { Finished } from './store.ts';
import type { Unit } from './unit.ts';

export class Progress {
  readonly #units: readonly Unit<unknown>[];
  readonly #finished = new Map<string, Finished>();

  constructor(units: readonly Unit<unknown>[]) {
    this.#units = units;
  }

  add({ key }: Unit<unknown>, finished: Finished): void {
    this.#finished.set(key, finished);
  }

  get done(): number {
    return this.#finished.size;
  }

  /** Seconds of work in all that is not done. */
  get left(): number {
    const kinds = new Map<string, number[]>();
    for (const { kind, seconds } of this.#finished.values())
      kinds.set(kind, [...(kinds.get(kind) ?? []), seconds]);
    const mean = ({ kind, seconds }: Unit<unknown>): number => {
      const timed = kinds.get(kind);
      return timed ? timed.reduce((sum, each) => sum + each, 0) / timed.length : seconds;
    };
    return this.#units
      .filter(({ key }) => !this.#finished.has(key))
      .reduce((sum, each) => sum + mean(each), 0);
  }

  /** "12 of 80, about 5 min left with 2 processes" */
  line(processes: number): string {
    const minutes = this.left / processes / 60;
    const left = minutes < 1 ? 'less than a minute' : `about ${Math.ceil(minutes)} min`;
    return `${this.done} of ${this.#units.length}, ${left} left`;
  }
}
