// What every generated file may want to say: of which circuit, by which lethe, as what.
import { systemDigest } from '../../constraints/digest.ts';
import { countRows, totalRows } from '../../constraints/rows.ts';
import type { LoweredProgram } from '../../meanings/circuit.ts';
import { builtInHints } from '../../ops/shared/hints.ts';
import { functionsOf, hintsOf } from '../../program/hints.ts';
import type { Manifest } from './package-root.ts';

export type Kind = 'function' | 'program';

export interface PackageFacts {
  readonly circuit: LoweredProgram;
  readonly kind: Kind;
  readonly manifest: Manifest;
  /** `group-obs [blocks=2 size=4]`. */
  readonly title: string;
  readonly digest: string;
  readonly rows: number;
  /** `lethe 0.1.0`. */
  readonly origin: string;
  /** Hints that the author defined, whose code is not in the program. */
  readonly hints: readonly string[];
  /** Functions that the author defined, in the same way. */
  readonly functions: readonly string[];
}

export function packageFacts(
  circuit: LoweredProgram,
  kind: Kind,
  manifest: Manifest,
): PackageFacts {
  const { program, system } = circuit;
  const parameters = Object.entries(program.parameters).map(([key, value]) => `${key}=${value}`);
  return {
    circuit,
    kind,
    manifest,
    title: plain(`${program.name}${parameters.length > 0 ? ` [${parameters.join(' ')}]` : ''}`),
    digest: systemDigest(system),
    rows: totalRows(countRows(system)),
    origin: `lethe ${manifest.version}`,
    hints: [...hintsOf(program).keys()].filter((hint) => !builtInHints.has(hint)),
    functions: [...functionsOf(program).keys()],
  };
}

/** Titles stand in comments, which nothing in a name may end. */
const plain = (title: string): string => title.replace(/[^\w.=[\] -]+/g, '_');
