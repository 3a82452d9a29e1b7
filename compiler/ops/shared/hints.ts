// How an honest prover computes advice: named real functions. A hint proves nothing; the circuit that uses the
// advice owes the constraints.
import { fail, LetheError, type Diagnostic } from '../../diagnostics/diagnostic.ts';
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

export const hasHint = (name: string): boolean => hints.has(name);

/** The finding about a name that stands for no hint. */
export const unknownHint = (name: string): Diagnostic => ({
  code: 'unknown-hint',
  message: `no hint is called ${JSON.stringify(name)}`,
  hint: `known: ${[...hints.keys()].join(', ')}`,
});

/** Throws `unknown-hint`. */
export function findHint(name: string): Hint {
  const hint = hints.get(name);
  if (!hint) throw new LetheError([unknownHint(name)]);
  return hint;
}
