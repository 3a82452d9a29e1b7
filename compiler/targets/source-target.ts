// What a language that circuits are written out in has to be: a name, and the files of a package.
import type { BoundInputs } from '../inputs/bind.ts';
import type { LoweredProgram } from '../meanings/circuit.ts';

export interface SourceOptions {
  /** Which of the target's kinds of program; its first when left out. */
  readonly as?: string;
  /** Only for a target with an `inputsFile`; inputs on which the circuit holds. */
  readonly inputs?: BoundInputs;
}

/** File contents by path, relative to the package's folder, with `/`. */
export type SourceFiles = ReadonlyMap<string, string>;

export interface SourceTarget {
  readonly name: string;
  /** What `--as` chooses from, the default first; empty where there is nothing to choose. */
  readonly kinds: readonly string[];
  /** The file that a reader begins with. */
  readonly start: string;
  /** The file that holds the inputs, in a package that has them; it is written when they are given. */
  readonly inputsFile?: string;
  /** The same files for the same circuit, always. Throws a LetheError. */
  files(circuit: LoweredProgram, options: SourceOptions): SourceFiles | Promise<SourceFiles>;
}
