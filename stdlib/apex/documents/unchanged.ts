// Blocks whose live positions two windows agree on: they may keep their commitment.
import type { LiveBlock } from './history.ts';

/** For the index of each block of `after` that is as it was, its index in `before`. Both in the order of the blocks' numbers. */
export function unchangedBlocks(
  before: readonly LiveBlock[],
  after: readonly LiveBlock[],
): Map<number, number> {
  const unchanged = new Map<number, number>();
  let at = 0;
  after.forEach(({ number, live }, index) => {
    while (at < before.length && before[at]!.number < number) at++;
    const own = before[at];
    if (own?.number === number && own.live.join() === live.join()) unchanged.set(index, at);
  });
  return unchanged;
}
