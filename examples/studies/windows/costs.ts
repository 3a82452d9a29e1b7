// The cost of each of several windows, when each masks as many weights more, at random: blocks that a client proves, and their rows,
// where commitments of unchanged blocks are kept, and where all blocks are proved anew.
import { extendHistory, liveBlocks, noHistory } from '../../../stdlib/apex/documents/history.ts';
import type { History, LiveBlock, Plan } from '../../../stdlib/apex/documents/index.ts';
import { unchangedBlocks } from '../../../stdlib/apex/documents/unchanged.ts';
import { shapeOf } from '../../../stdlib/apex/circuit/layout.ts';
import { blockCount, weightCount } from '../../../stdlib/apex/model/index.ts';
import { seededRandom, shuffledIndices } from '../../unlearn-digits/random.ts';
import { countedRows } from './counted-rows.ts';

export interface Work {
  readonly blocks: number;
  readonly rows: number;
  /** How many different circuits of one block they have. */
  readonly shapes: number;
}

export interface WindowCost {
  /** Masked in all windows so far. */
  readonly masked: number;
  readonly kept: Work;
  readonly anew: Work;
}

export interface WindowCosts {
  readonly weights: number;
  /** In the scope. */
  readonly blocks: number;
  readonly windows: readonly WindowCost[];
}

export function windowCosts(options: {
  readonly plan: Plan;
  /** The part of the weights that each window masks for the first time. */
  readonly fraction: number;
  /** For windows. */
  readonly count: number;
  readonly seed: number;
}): WindowCosts {
  const { plan, fraction, count, seed } = options;
  const weights = weightCount(plan.scope);
  const each = Math.round(fraction * weights);
  const order = Uint32Array.from(shuffledIndices(weights, seededRandom(seed)));
  let [history, before]: [History, readonly LiveBlock[]] = [noHistory, []];
  const windows: WindowCost[] = [];
  for (let epoch = 1; epoch <= count; epoch++) {
    const named = order.slice((epoch - 1) * each, epoch * each).sort();
    history = extendHistory(history, named, epoch);
    const live = liveBlocks(plan, history, 1);
    const unchanged = unchangedBlocks(before, live);
    const changed = live.filter((_, index) => !unchanged.has(index));
    windows.push({
      masked: history.positions.length,
      kept: workOf(plan, changed),
      anew: workOf(plan, live),
    });
    before = live;
  }
  return { weights, blocks: blockCount(plan.scope), windows };
}

function workOf({ step }: Plan, blocks: readonly LiveBlock[]): Work {
  const shapes = blocks.map(({ live }) => shapeOf(step.size, live));
  return {
    blocks: blocks.length,
    rows: countedRows(step, shapes),
    shapes: new Set(shapes.map((shape) => shape.join())).size,
  };
}
