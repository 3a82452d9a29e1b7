// One way to make all open choices of a circuit: what it costs, and how accurate it is.
import { accuracyDemands, isMet, type Demand } from '../analyses/accuracy.ts';
import { findShortfalls } from '../analyses/completeness.ts';
import { analyzeErrors } from '../meanings/error.ts';
import { analyzeRanges } from '../meanings/range.ts';
import { countRows, totalRows } from '../constraints/rows.ts';
import { isLetheError } from '../diagnostics/diagnostic.ts';
import type { Choice, Chooser } from '../ir/open.ts';
import type { Program } from '../ir/program.ts';
import { lower } from '../meanings/circuit.ts';
import { runPasses } from '../passes/pipeline.ts';

/** Builds the circuit with a number of bits for each open choice, by name. */
export type Build = (choose: Chooser) => Program;

/** Bits by the name of the choice. */
export type Assignment = ReadonlyMap<string, number>;

/** What can be said without lowering. */
export interface Candidate {
  readonly program: Program;
  readonly choices: readonly Choice[];
  readonly demands: readonly Demand[];
  /** The largest derived error in units of its target: at most 1 where all targets are met. */
  readonly excess: number;
}

/** Undefined where the program does not compile, or rounding alone could refuse an honest prover. */
export function analyze(build: Build, choose: Chooser): Candidate | undefined {
  return unlessRefused(() => {
    const program = runPasses(build(choose));
    const ranges = analyzeRanges(program);
    const demands = accuracyDemands(program, analyzeErrors(program, ranges));
    if (findShortfalls(program, ranges).length > 0) return undefined;
    const excess = Math.max(0, ...demands.map(({ error, target }) => error / target));
    return { program, choices: program.choices ?? [], demands, excess };
  });
}

export const meetsTargets = ({ demands }: Candidate): boolean => demands.every(isMet);

/** Undefined where a width is past the field. */
export const rowsOf = ({ program }: Candidate): number | undefined =>
  unlessRefused(() => totalRows(countRows(lower(program).system)));

function unlessRefused<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch (error) {
    if (isLetheError(error)) return undefined;
    throw error;
  }
}
