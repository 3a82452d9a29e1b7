// Guarantee and cost of one plan: its derived ε, rows by recording a typical tile, seconds and memory by the cost model.
import { hidingRows, totalRows, type RowCounts } from '../../../compiler/constraints/rows.ts';
import { estimate, rowsThatFit } from '../../../compiler/prover/estimate.ts';
import { smallestLog } from '../circuit/tile-size.ts';
import { blockEpsilon, type StepSpec } from '../step/index.ts';
import { typicalTile, type TypicalTile } from './typical-tile.ts';

export interface Demands {
  /** At most, of a block's weights (2-norm). */
  readonly epsilon: number;
  /** Bytes of one prover. */
  readonly memory: number;
  /** The part of the weights that is masked, each by itself. */
  readonly masked: number;
}

export interface Point {
  readonly spec: StepSpec;
  /** ε of a block that is masked whole. */
  readonly epsilon: number;
  /** Rows for each weight in scope. */
  readonly rowsPerWeight: number;
  /** Processor milliseconds for each weight in scope, by the cost model, with the best tile that fits the memory. */
  readonly coreMillisecondsPerWeight: number;
  /** Rows of that tile as a power of two, and its blocks. */
  readonly log: number;
  readonly blocks: number;
  /** Bytes, by the cost model. */
  readonly memory: number;
}

/** Why a plan is none. */
export type Refusal = 'epsilon' | 'memory';

/** The cost of the typical tile, where the memory allows it. */
const recordedLog = 14;

export function evaluate(spec: StepSpec, demands: Demands): Point | Refusal {
  const epsilon = blockEpsilon(spec, spec.size);
  if (!(epsilon <= demands.epsilon)) return 'epsilon';
  const log = Math.min(recordedLog, Math.log2(rowsThatFit(demands.memory, 1) + hidingRows));
  if (log < smallestLog) return 'memory';
  const typical = typicalTile(spec, demands.masked, log);
  const tile = bestTile(typical, demands.memory);
  if (!tile) return 'memory';
  const touched = 1 - (1 - demands.masked) ** spec.size;
  const perWeight = touched / (spec.size * tile.blocks);
  return {
    spec,
    epsilon,
    rowsPerWeight: (totalRows(typical.counts) / typical.blocks) * (touched / spec.size),
    coreMillisecondsPerWeight: 1000 * tile.seconds * perWeight,
    log: tile.log,
    blocks: tile.blocks,
    memory: tile.memory,
  };
}

interface Tile {
  readonly log: number;
  readonly blocks: number;
  readonly memory: number;
  /** Processor seconds of a proof. */
  readonly seconds: number;
}

/** The tile with the fewest seconds a block, of those that fit. */
function bestTile(typical: TypicalTile, memory: number): Tile | undefined {
  const most = rowsThatFit(memory, 1);
  const tiles: Tile[] = [];
  for (let log = smallestLog; 2 ** log - hidingRows <= most; log++) {
    const scale = (2 ** log - hidingRows) / totalRows(typical.counts);
    const blocks = Math.floor(typical.blocks * scale);
    if (blocks < 1) continue;
    const rows = scaled(typical.counts, blocks / typical.blocks);
    const seconds = (tiles: number): number => estimate({ rows, tiles, jobs: 1 }).coreSeconds;
    const { peakMemory } = estimate({ rows, tiles: 1, jobs: 1 });
    if (peakMemory <= memory)
      tiles.push({ log, blocks, memory: peakMemory, seconds: seconds(2) - seconds(1) });
  }
  return tiles.sort((a, b) => a.seconds / a.blocks - b.seconds / b.blocks)[0];
}

/** Rows of each kind grow with the blocks. */
function scaled(counts: RowCounts, scale: number): RowCounts {
  const grown = (kind: keyof RowCounts): number => Math.floor(counts[kind] * scale);
  return {
    Public: grown('Public'),
    Generic: grown('Generic'),
    RangeCheck0: grown('RangeCheck0'),
    Poseidon: grown('Poseidon'),
    Zero: grown('Zero'),
  };
}
