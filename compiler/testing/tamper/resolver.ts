// A witness with some values replaced and everything that depends on them solved anew, as `solveWitness` does with
// overrides, but only the steps that the change reaches.
import type { Variable } from '../../constraints/expression.ts';
import { canonical } from '../../numbers/field.ts';
import { Violation } from '../../ops/op.ts';
import type { Graph } from './graph.ts';

/** Values to write in place of what a step, or an input, gives. */
export type Overrides = ReadonlyMap<Variable, bigint>;

export class Resolver {
  /** The current witness, which `resolve` changes. */
  readonly values: bigint[];
  readonly #marks: Uint8Array;
  readonly #hashes: Uint8Array;
  #changed = new Set<Variable>();

  constructor(
    readonly graph: Graph,
    /** A satisfying witness. */
    readonly base: readonly bigint[],
  ) {
    this.values = [...base];
    const { steps } = graph.system;
    this.#marks = new Uint8Array(steps.length);
    this.#hashes = Uint8Array.from(steps, ({ outputs }) =>
      Number(graph.definitions[outputs[0]!]?.kind === 'poseidon'),
    );
  }

  /** The base with these values written, and nothing else changed. */
  write(overrides: Overrides): readonly bigint[] {
    this.#restore();
    overrides.forEach((value, variable) => {
      this.values[variable] = canonical(value);
      this.#changed.add(variable);
    });
    return this.values;
  }

  /**
   * The variables that differ from the base. Hashes are dear: without `hashes` they, and what follows, stay. Without
   * `advice` the prover's other choices stay.
   */
  resolve(
    overrides: Overrides,
    { hashes, advice = true }: { readonly hashes: boolean; readonly advice?: boolean },
  ): ReadonlySet<Variable> {
    this.#restore();
    const { graph } = this;
    const marks = this.#marks;
    let [next, marked] = [marks.length, 0];
    const write = (variable: Variable, value: bigint): void => {
      if (this.values[variable] === value) return;
      this.values[variable] = value;
      this.#changed.add(variable);
      for (const step of graph.readers[variable]!) {
        if (marks[step]! > 0 || (!hashes && this.#hashes[step])) continue;
        if (!advice && graph.system.steps[step]!.advice) continue;
        marks[step] = 1;
        marked++;
        next = Math.min(next, step);
      }
    };
    overrides.forEach((value, variable) => write(variable, canonical(value)));
    while (marked > 0) {
      const at = next++;
      if (marks[at] === 0) continue;
      marks[at] = 0;
      marked--;
      const { outputs } = graph.system.steps[at]!;
      const computed = this.#compute(at);
      computed?.forEach((value, i) => {
        if (!overrides.has(outputs[i]!)) write(outputs[i]!, canonical(value));
      });
    }
    return this.#changed;
  }

  #restore(): void {
    for (const variable of this.#changed) this.values[variable] = this.base[variable]!;
    this.#changed = new Set();
  }

  /** Undefined where an honest prover finds no value: a dishonest one keeps what he has. */
  #compute(step: number): readonly bigint[] | undefined {
    try {
      return this.graph.system.steps[step]!.compute(this.values);
    } catch (error) {
      if (error instanceof Violation) return undefined;
      throw error;
    }
  }
}
