// How large the tiles of a bundle are: the size that costs the fewest processor seconds by the cost model, compiling of every
// circuit in, by the prover and by the provider who makes the verification keys.
import { compileCircuit } from '../../../compiler/compile.ts';
import { countRows, type RowCounts } from '../../../compiler/constraints/rows.ts';
import { isLetheError } from '../../../compiler/diagnostics/diagnostic.ts';
import type { LoweredProgram } from '../../../compiler/meanings/circuit.ts';
import { estimate } from '../../../compiler/prover/estimate.ts';
import { deal, tileCount, type TileSet } from '../circuit/deal.ts';
import type { Shape, TileKind } from '../circuit/layout.ts';
import { smallestLog } from '../circuit/tile-size.ts';
import { unlearningTiles } from '../circuit/tile.ts';
import type { StepSpec } from '../step/index.ts';

export interface TileSize {
  /** Rows of a tile as a power of two, at most 16; one of at least 13 is chosen where it is left out. */
  readonly log?: number;
  /** The largest that may be chosen, 14 unless it is said: memory grows with it. */
  readonly mostLog?: number;
}

export interface ChosenTiles<S = Shape> {
  readonly log: number;
  readonly sets: readonly TileSet<S>[];
}

type JobsFor = (circuit: LoweredProgram, tiles: number) => number;

/**
 * @param jobsFor provers that would share so many tiles of a circuit
 * @param begun how many tiles of that size are finished: what is furthest is taken up, where it could have been chosen
 * @throws LetheError `too-many-rows` where a block fits none.
 */
export function chooseTiles(
  spec: StepSpec,
  shapes: readonly Shape[],
  size: TileSize,
  jobsFor: JobsFor,
  begun?: ReadonlyMap<number, number>,
): ChosenTiles;
export function chooseTiles<S>(
  spec: StepSpec,
  shapes: readonly S[],
  size: TileSize,
  jobsFor: JobsFor,
  begun: ReadonlyMap<number, number>,
  kind: TileKind<S>,
): ChosenTiles<S>;
export function chooseTiles<S>(
  spec: StepSpec,
  shapes: readonly S[],
  { log, mostLog = 14 }: TileSize,
  jobsFor: JobsFor,
  begun: ReadonlyMap<number, number> = new Map(),
  kind = unlearningTiles as unknown as TileKind<S>,
): ChosenTiles<S> {
  const dealt = (each: number): TileSet<S>[] => deal(spec, shapes, each, kind);
  if (log !== undefined) return { log, sets: dealt(log) };
  const candidates: ChosenTiles<S>[] = [{ log: mostLog, sets: dealt(mostLog) }];
  for (let each = mostLog - 1; each >= smallestLog; each--) {
    const sets = unlessTooLarge(() => dealt(each));
    if (sets === undefined) break;
    candidates.push({ log: each, sets });
  }
  const part = (each: ChosenTiles<S>): number => (begun.get(each.log) ?? 0) / tileCount(each.sets);
  const furthest = candidates.reduce((a, b) => (part(b) > part(a) ? b : a));
  if (candidates.length === 1 || part(furthest) > 0) return furthest;
  const costs = candidates.map(({ sets }) => costOf(spec, sets, jobsFor, kind));
  // The smallest of equal ones: it takes the least memory.
  return candidates[costs.lastIndexOf(Math.min(...costs))]!;
}

/** Processor seconds of proving, and of compiling once more for the verifier. */
function costOf<S>(
  spec: StepSpec,
  sets: readonly TileSet<S>[],
  jobsFor: JobsFor,
  kind: TileKind<S>,
): number {
  const of = (rows: RowCounts, tiles: number, jobs: number): number =>
    estimate({ rows, tiles, jobs }).coreSeconds;
  return sets.reduce((sum, { layout, tiles }) => {
    const circuit = compileCircuit(kind.circuit(spec, layout));
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
