// How many tiles a window is proved in: those of the size that costs the fewest processor seconds by the cost model, compiling in,
// by every prover and by the provider who makes the verification key.
import { compileCircuit } from '../../../compiler/compile.ts';
import { countRows, type RowCounts } from '../../../compiler/constraints/rows.ts';
import { isLetheError } from '../../../compiler/diagnostics/diagnostic.ts';
import type { LoweredProgram } from '../../../compiler/meanings/circuit.ts';
import { estimate } from '../../../compiler/prover/estimate.ts';
import { RowModel, tilesNeeded } from '../circuit/capacity.ts';
import { deal } from '../circuit/layout.ts';
import { tileCircuit, type StepSpec } from '../circuit/tile.ts';
import type { TouchedBlock } from '../documents/mask.ts';

export interface TileSize {
  /** Rows of a tile as a power of two, at most 16; chosen where it is left out. */
  readonly log?: number;
  /** The largest that may be chosen, 14 unless it is said: memory grows with it. */
  readonly mostLog?: number;
}

/** Tiles with range checks have 2^13 rows at least. */
const smallestLog = 13;

/**
 * @param jobsFor provers that would share so many tiles
 * @param begun how many of so many tiles are finished: what is furthest is taken up, where it could have been chosen
 * @throws LetheError `too-many-rows` where a block fits none.
 */
export function chooseTiles(
  spec: StepSpec,
  touched: readonly TouchedBlock[],
  { log, mostLog = 14 }: TileSize,
  jobsFor: (circuit: LoweredProgram, tiles: number) => number,
  begun: ReadonlyMap<number, number> = new Map(),
): number {
  if (log !== undefined) return tilesNeeded(spec, touched, log);
  const model = RowModel.of(spec);
  const needed = (each: number): number => tilesNeeded(spec, touched, each, model);
  const candidates = new Set([needed(mostLog)]);
  for (let each = mostLog - 1; each >= smallestLog; each--) {
    const tiles = unlessTooLarge(() => needed(each));
    if (tiles === undefined) break;
    candidates.add(tiles);
  }
  const part = (tiles: number): number => (begun.get(tiles) ?? 0) / tiles;
  const furthest = [...candidates].reduce((a, b) => (part(b) > part(a) ? b : a));
  if (candidates.size === 1 || part(furthest) > 0) return furthest;
  let best = { tiles: furthest, seconds: Infinity };
  for (const tiles of candidates) {
    const circuit = compileCircuit(tileCircuit(spec, deal(touched, tiles).layout));
    const seconds = costOf(countRows(circuit.system), tiles, jobsFor(circuit, tiles));
    if (seconds < best.seconds) best = { tiles, seconds };
  }
  return best.tiles;
}

function costOf(rows: RowCounts, tiles: number, jobs: number): number {
  const of = (tiles: number, jobs: number): number => estimate({ rows, tiles, jobs }).coreSeconds;
  const compileOnce = 2 * of(1, 1) - of(2, 1);
  return of(tiles, jobs) + compileOnce;
}

function unlessTooLarge<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch (error) {
    if (isLetheError(error) && error.diagnostics[0]?.code === 'too-many-rows') return undefined;
    throw error;
  }
}
