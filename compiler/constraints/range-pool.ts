// Collects 12-bit checks and pays for four of them with one row.
import type { Variable } from './expression.ts';
import type { Recorder } from './recorder.ts';
import type { Origin } from './system.ts';

type Four<T> = [T, T, T, T];

export class RangePool {
  readonly #recorder: Recorder;
  readonly #checked = new Set<Variable>();
  #pending: { variable: Variable; origin: Origin }[] = [];

  constructor(recorder: Recorder) {
    this.#recorder = recorder;
  }

  /** variable in [0, 2^12). A variable is checked once. */
  check(variable: Variable): void {
    if (this.#checked.has(variable)) return;
    this.#checked.add(variable);
    this.#pending.push({ variable, origin: this.#recorder.origin });
    if (this.#pending.length === 4) this.#emit();
  }

  /** Emits the last, partly filled row; `zero` is a variable wired to 0 that fills it up. */
  flush(zero: () => Variable): void {
    if (this.#pending.length === 0) return;
    const filler = { variable: zero(), origin: this.#pending[0]!.origin };
    while (this.#pending.length < 4) this.#pending.push(filler);
    this.#emit();
  }

  #emit(): void {
    const limbs = this.#pending.map(({ variable }) => variable) as Four<Variable>;
    const origins = this.#pending.map(({ origin }) => origin);
    this.#recorder.gate({ kind: 'range12', limbs }, origins);
    this.#pending = [];
  }
}
