// How large the tiles of a bundle are: the size that costs the fewest processor seconds by the cost model, compiling of every
// circuit in, by the prover and by the provider who makes the verification keys.
import { compileCircuit } from '../../../compiler/compile.ts';
import { countRows, type RowCounts } from '../../../compiler/constraints/rows.ts';
import { isLetheError } from '../../../compiler/diagnostics/diagnostic.ts';
import type { LoweredProgram } from '../../../compiler/meanings/circuit.ts';
import { estimate } from '../../../compiler/prover/estimate.ts';
import { deal, tileCount, type TileSet } from '../circuit/deal.ts';
import type { Shape } from '../circuit/layout.ts';
import { smallestLog } from '../circuit/tile-size.ts';
import { tileCircuit } from '../circuit/tile.ts';
import type { StepSpec } from '../step/index.ts';

export interface TileSize {
  /** Rows of a tile as a power of two, at most 16; one of at least 13 is chosen where it is left out. */
  readonly log?: number;
  /** The largest that may be chosen, 14 unless it is said: memory grows with it. */
  readonly mostLog?: number;
}

export interface ChosenTiles {
  readonly log: number;
  readonly sets: readonly TileSet[];
}

/**
 * @param jobsFor provers that would share so many tiles of a circuit
 * @param begun how many tiles of that size are finished: what is furthest is taken up, where it could have been chosen
 * @throws LetheError `too-many-rows` where a block fits none.
 */
export function chooseTiles(
  spec: StepSpec,
  shapes: readonly Shape[],
  { log, mostLog = 14 }: TileSize,
  jobsFor: (circuit: LoweredProgram, tiles: number) => number,
  begun: ReadonlyMap<number, number> = new Map(),
): ChosenTiles {
  if (log !== undefined) return { log, sets: deal(spec, shapes, log) };
  const candidates: ChosenTiles[] = [{ log: mostLog, sets: deal(spec, shapes, mostLog) }];
  for (let each = mostLog - 1; each >= smallestLog; each--) {
    const sets = unlessTooLarge(() => deal(spec, shapes, each));
    if (sets === undefined) break;
    candidates.push({ log: each, sets });
  }
  const part = (each: ChosenTiles): number => (begun.get(each.log) ?? 0) / tileCount(each.sets);
  const furthest = candidates.reduce((a, b) => (part(b) > part(a) ? b : a));
  if (candidates.length === 1 || part(furthest) > 0) return furthest;
  const costs = candidates.map(({ sets }) => costOf(spec, sets, jobsFor));
  // The smallest of equal ones: it takes the least memory.
  return candidates[costs.lastIndexOf(Math.min(...costs))]!;
}

/** Processor seconds of proving, and of compiling once more for the verifier. */
function costOf(
  spec: StepSpec,
  sets: readonly TileSet[],
  jobsFor: (circuit: LoweredProgram, tiles: number) => number,
): number {
  const of = (rows: RowCounts, tiles: number, jobs: number): number =>
    estimate({ rows, tiles, jobs }).coreSeconds;
  return sets.reduce((sum, { layout, tiles }) => {
    const circuit = compileCircuit(tileCircuit(spec, layout));
    const rows = countRows(circuit.system);
    const compileOnce = 2 * of(rows, 1, 1) - of(rows, 2, 1);
    return sum + of(rows, tiles.length, jobsFor(circuit, tiles.length)) + compileOnce;
  }, 0);
}

function unlessTooLarge<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch (error) {
    if (isLetheError(error) && error.diagnostics[0]?.code === 'too-many-rows') return undefined;
    throw error;
  }
}
