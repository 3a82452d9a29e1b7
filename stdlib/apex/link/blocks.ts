// The blocks that a link opens, and what of each: S of the old registration, and the entries at which both registrations have a weight.
// Every position that a window masked before the new registration was entered is dead for it: none of S is linked.
import { deadByBlock, liveBlocks, type History } from '../documents/history.ts';
import type { Plan } from '../documents/plan.ts';
import { blockNumbering } from '../model/index.ts';

/** A block that a link opens. */
export interface LinkBlock {
  readonly number: number;
  /** S of the block for the old registration: entries, ascending. */
  readonly live: readonly number[];
  /** Entries that are not dead for the new registration, ascending; at least one. */
  readonly linked: readonly number[];
}

/** The epochs in which the two registrations were entered. */
export interface LinkEpochs {
  /** The epoch of the registration that is replaced. */
  readonly from: number;
  /** The epoch of the new one. */
  readonly to: number;
}

/**
 * Those of the numbered blocks (ascending) that have a linked entry. Where all weights of a block are dead, both registrations have zeros
 * there whatever they committed to.
 *
 * @param history of the last window before epoch `to`. Throws a RangeError for a later one.
 */
export function linkBlocks(
  plan: Plan,
  history: History,
  { from, to }: LinkEpochs,
  numbers: readonly number[],
): LinkBlock[] {
  const late = history.epochs.find((epoch) => epoch >= to);
  if (late !== undefined) throw new RangeError(`a window of epoch ${late}, before epoch ${to}`);
  const numbering = blockNumbering(plan.scope);
  const live = new Map(liveBlocks(plan, history, from).map((each) => [each.number, each.live]));
  const dead = deadByBlock(plan, history, to);
  return numbers.flatMap((number) => {
    const gone = new Set(dead.get(number));
    const all = Array.from({ length: numbering.at(number).length }, (_, entry) => entry);
    const linked = all.filter((entry) => !gone.has(entry));
    return linked.length > 0 ? [{ number, live: live.get(number) ?? [], linked }] : [];
  });
}
