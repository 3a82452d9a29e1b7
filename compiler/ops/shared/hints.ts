// How an honest prover computes advice: named real functions. A hint proves nothing; the circuit that uses the
// advice owes the constraints.
import { fail } from '../../diagnostics/diagnostic.ts';
import type { TensorType } from '../../ir/program.ts';

/** Flat tensors in, the flat tensor of the result type out, in float64. */
export type Hint = (args: readonly Float64Array[], result: TensorType) => Float64Array;

/** The hints of the library itself; others are an author's. */
export const builtInHints: ReadonlyMap<string, Hint> = new Map<string, Hint>([
  ['reciprocal', ([x]) => x!.map((value) => 1 / value)],
  ['square-root', ([x]) => x!.map(Math.sqrt)],
]);

// One registry for the process, also when an author's file loads another copy of the library.
const registry = Symbol.for('lethe.hints');
const shared = globalThis as { [registry]?: Map<string, Hint> };
const hints = (shared[registry] ??= new Map(builtInHints));

/** Adds a hint. Throws `duplicate-name` when the name stands for another function. */
export function defineHint(name: string, hint: Hint): string {
  const known = hints.get(name);
  if (known && known !== hint) fail('duplicate-name', `the hint "${name}" is defined already`);
  hints.set(name, hint);
  return name;
}

/** Throws `unknown-hint`. */
export function findHint(name: string): Hint {
  return (
    hints.get(name) ??
    fail('unknown-hint', `no hint is called "${name}"`, `known: ${[...hints.keys()].join(', ')}`)
  );
}
