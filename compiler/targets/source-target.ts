// What a language that circuits are written out in has to be: a name, and the files of a package.
import type { LoweredProgram } from '../meanings/circuit.ts';

export interface SourceOptions {
  /** Which of the target's kinds of program; its first when left out. */
  readonly as?: string;
}

/** File contents by path, relative to the package's folder, with `/`. */
export type SourceFiles = ReadonlyMap<string, string>;

export interface SourceTarget {
  readonly name: string;
  /** What `--as` chooses from, the default first; empty where there is nothing to choose. */
  readonly kinds: readonly string[];
  /** The same files for the same circuit, always. Throws a LetheError. */
  files(circuit: LoweredProgram, options: SourceOptions): SourceFiles | Promise<SourceFiles>;
}
