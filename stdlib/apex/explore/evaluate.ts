// What one plan gives and costs: ε by the error analysis, rows by recording small tiles, seconds and memory by the cost model.
import { compileCircuit } from '../../../compiler/compile.ts';
import {
  countRows,
  hidingRows,
  totalRows,
  type RowCounts,
} from '../../../compiler/constraints/rows.ts';
import { isLetheError } from '../../../compiler/diagnostics/diagnostic.ts';
import { estimate, rowsThatFit } from '../../../compiler/prover/estimate.ts';
import { tileCircuit, type StepSpec } from '../circuit/tile.ts';
import { deriveEpsilon } from '../epsilon.ts';
import { takesTypicalBlocks } from './typical.ts';

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
  readonly epsilon: number;
  /** Of a weight in scope. */
  readonly rowsPerWeight: number;
  /** Of a weight in scope, by the cost model, with the best tile that fits the memory. */
  readonly coreMillisecondsPerWeight: number;
  /** Of that tile: rows as a power of two, and blocks. */
  readonly log: number;
  readonly blocks: number;
  /** Bytes, by the cost model. */
  readonly memory: number;
}

/** Why a plan is none; `refuses`: its tolerance is too small for its rounding, and honest provers fail. */
export type Refusal = 'does not compile' | 'epsilon' | 'memory' | 'refuses';

/** Rows of a block that is recorded; larger ones are far from any front. */
const largestBlock = 12_000;

export function evaluate(spec: StepSpec, demands: Demands): Point | Refusal {
  const epsilon = unlessRefused(() => deriveEpsilon(spec, 1).block);
  if (epsilon === undefined) return 'does not compile';
  if (!(epsilon <= demands.epsilon)) return 'epsilon';
  if (expectedRows(spec) > largestBlock) return 'memory';
  if (!unlessRefused(() => takesTypicalBlocks(spec))) return 'refuses';
  const counts = unlessRefused(() => [1, 3].map((blocks) => rowsOf(spec, blocks)));
  if (!counts) return 'does not compile';
  const tile = bestTile(counts[0]!, counts[1]!, demands.memory);
  if (!tile) return 'memory';
  const touched = 1 - (1 - demands.masked) ** spec.size;
  const perWeight = touched / (spec.size * tile.blocks);
  return {
    spec,
    epsilon,
    rowsPerWeight: ((totalRows(counts[1]!) - totalRows(counts[0]!)) / 2) * (touched / spec.size),
    coreMillisecondsPerWeight: 1000 * tile.seconds * perWeight,
    log: tile.log,
    blocks: tile.blocks,
    memory: tile.memory,
  };
}

const rowsOf = (spec: StepSpec, blocks: number): RowCounts =>
  countRows(compileCircuit(tileCircuit(spec, blocks)).system);

/** Of a block, roughly: products of the certificate and of the residual. */
function expectedRows({ form, size, rank = size }: StepSpec): number {
  return form === 'factor' ? rank * size : size ** 3 / 6;
}

interface Tile {
  readonly log: number;
  readonly blocks: number;
  readonly memory: number;
  /** Processor seconds of a proof. */
  readonly seconds: number;
}

/** The tile with the fewest seconds a block, of those that fit. */
function bestTile(one: RowCounts, three: RowCounts, memory: number): Tile | undefined {
  const most = rowsThatFit(memory, 1);
  const tiles: Tile[] = [];
  for (let log = 13; 2 ** log - hidingRows <= most; log++) {
    const each = (totalRows(three) - totalRows(one)) / 2;
    const blocks = 1 + Math.floor((2 ** log - hidingRows - totalRows(one)) / each);
    if (blocks < 1) continue;
    const rows = tileRows(one, three, blocks);
    const seconds = (tiles: number): number => estimate({ rows, tiles, jobs: 1 }).coreSeconds;
    const { peakMemory } = estimate({ rows, tiles: 1, jobs: 1 });
    tiles.push({ log, blocks, memory: peakMemory, seconds: seconds(2) - seconds(1) });
  }
  return tiles.sort((a, b) => a.seconds / a.blocks - b.seconds / b.blocks)[0];
}

/** Rows of each kind grow by the same with every block. */
function tileRows(one: RowCounts, three: RowCounts, blocks: number): RowCounts {
  const grown = (kind: keyof RowCounts): number =>
    Math.floor(one[kind] + ((blocks - 1) * (three[kind] - one[kind])) / 2);
  return {
    Public: grown('Public'),
    Generic: grown('Generic'),
    RangeCheck0: grown('RangeCheck0'),
    Poseidon: grown('Poseidon'),
    Zero: grown('Zero'),
  };
}

function unlessRefused<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch (error) {
    if (isLetheError(error)) return undefined;
    throw error;
  }
}
