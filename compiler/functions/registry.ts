// The functions that `map` takes, by name: those of the library, and those that authors define. A program names them, and holds the
// polynomials that stand for them.
import { fail, LetheError, type Diagnostic } from '../diagnostics/diagnostic.ts';

/** A function of the author's own. What he says of it is an assumption of every circuit that uses it. */
export interface AuthorFunction {
  /** f(x), nearly as exact as float64 can be: within 2^−48 of its size. */
  readonly at: (x: number) => number;
  /** Bounds of |f'|, |f''| and so on, wherever the function is used: two or more. */
  readonly derivatives: readonly number[];
}

/** The float64 meaning of the library's functions. */
export const builtInFunctions: ReadonlyMap<string, (x: number) => number> = new Map([
  ['exp', Math.exp],
  ['log', Math.log],
  ['sigmoid', (x: number) => 1 / (1 + Math.exp(-x))],
  ['tanh', Math.tanh],
]);

// One registry for the process, also when an author's file loads another copy of the library.
const registry = Symbol.for('lethe.functions');
const shared = globalThis as { [registry]?: Map<string, AuthorFunction> };
const defined = (shared[registry] ??= new Map());

/** Adds a function, and returns its name. Throws `duplicate-name` when the name stands for another one. */
export function defineFunction(name: string, definition: AuthorFunction): string {
  const known = defined.get(name);
  const isSame =
    known?.at === definition?.at && known?.derivatives.join() === definition?.derivatives?.join();
  if (builtInFunctions.has(name) || (known && !isSame))
    fail('duplicate-name', `the function "${name}" is defined already`, 'give it another name');
  const { at, derivatives } = Object(definition) as AuthorFunction;
  const areBounds =
    Array.isArray(derivatives) &&
    derivatives.length >= 2 &&
    derivatives.every((bound) => Number.isFinite(bound) && bound >= 0);
  if (typeof at !== 'function' || !areBounds)
    fail(
      'wrong-argument',
      `defineFunction "${name}" expects a function and bounds of two derivatives or more`,
      `defineFunction('${name}', { at: (x) => x * x, derivatives: [2, 2, 0] }): bounds of |f'|, |f''| and so on`,
    );
  defined.set(name, { at, derivatives: [...derivatives] });
  return name;
}

export const authorFunction = (name: string): AuthorFunction | undefined => defined.get(name);

export const isBuiltIn = (name: string): boolean => builtInFunctions.has(name);

export const isFunction = (name: string): boolean => isBuiltIn(name) || defined.has(name);

/** The finding about a name that stands for no function. */
export const functionFinding = (name: string): Diagnostic => ({
  code: 'unknown-function',
  message: `no function is called ${JSON.stringify(name)}`,
  hint: `known: ${[...builtInFunctions.keys(), ...defined.keys()].join(', ')}; defineFunction adds one, and --hints MODULE gives the module that calls it`,
});

/** Throws `unknown-function`. */
export function unknownFunction(name: string): never {
  throw new LetheError([functionFinding(name)]);
}

/** The float64 meaning. Throws `unknown-function`. */
export const realFunction = (name: string): ((x: number) => number) =>
  builtInFunctions.get(name) ?? defined.get(name)?.at ?? unknownFunction(name);
