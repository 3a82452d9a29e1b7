// The contents that a link must have, as the verifier derives them from plan, challenge, window and the epochs of both registrations: which blocks the
// nonce draws, what is opened of each, and how many elements the file has. Nothing is taken from the file but the size of its tiles.
import { tileProofLength } from '../circuit/tile-proof.ts';
import { largestLog, leastLog } from '../circuit/tile-size.ts';
import { treeDepth } from '../commitments/tree.ts';
import { challengeDigest } from '../documents/challenge.ts';
import { liveBlocks } from '../documents/history.ts';
import { planDigest, type Plan } from '../documents/plan.ts';
import { weightCount } from '../model/index.ts';
import { linkBlocks, type LinkBlock } from '../link/blocks.ts';
import type { LinkFile, Openings } from '../link/file.ts';
import { linkPositions, openingCounts, type LinkPositions } from '../link/positions.ts';
import { sampledBlocks, sampleSize } from '../link/sample.ts';
import { linkShapeOf, type LinkShape } from '../link/shape.ts';
import type { OpenLink } from './ask-link.ts';
import { refuse } from './refused.ts';

export interface ExpectedLink {
  /** Sampled blocks with a linked weight, ascending, and their shapes. */
  readonly blocks: readonly LinkBlock[];
  readonly shapes: readonly LinkShape[];
  readonly positions: LinkPositions;
  readonly openings: Openings<number>;
  /** Numbers of the blocks whose c_b were accepted for the replaced registration, in their order. */
  readonly committed: readonly number[];
}

export async function expectLink(plan: Plan, open: OpenLink): Promise<ExpectedLink> {
  const { history, challenge } = open;
  const epochs = { from: open.replaced.epoch, to: challenge.epoch };
  const blocks = linkBlocks(plan, history, epochs, sampledBlocks(plan, challenge));
  const positions = linkPositions(plan, blocks);
  return {
    blocks,
    shapes: blocks.map((block) => linkShapeOf(plan.step.size, block)),
    positions,
    openings: await openingCounts(plan, positions),
    committed: liveBlocks(plan, history, epochs.from).map(({ number }) => number),
  };
}

/**
 * Compares the header, and the length of the file, with the most that the plan allows to any link. The books need not be asked. Refuses
 * `other-plan`, `bad-coverage`, `bad-link`.
 */
export function checkLinkAgainstPlan(plan: Plan, link: LinkFile): void {
  const { plan: named, log, tiles } = link.header;
  const [weights, sampled] = [weightCount(plan.scope), sampleSize(plan)];
  if (named !== planDigest(plan)) refuse('other-plan', 'the link was made under another plan');
  if (log < leastLog || log > largestLog)
    refuse(
      'bad-coverage',
      `tiles of 2^${log} rows, where 2^${leastLog} to 2^${largestLog} are allowed`,
    );
  if (tiles > sampled) refuse('bad-coverage', `${tiles} tiles for ${sampled} blocks`);
  // A sibling stands for at least one leaf that is not opened, and a leaf has one on each level at most.
  const opened = sampled * plan.step.size * (1 + treeDepth(weights));
  const one = { siblings: 0, leaves: plan.keeps === 'root' ? Math.min(weights, opened) : 0 };
  const most = link.lengthOf({ openings: { old: one, new: one }, tiles }, tileProofLength);
  if (link.size > most)
    refuse('bad-link', `it has ${link.size} bytes, and one of this plan at most ${most}`);
}

/** Refuses `other-challenge`. */
export function checkChallenge({ header }: LinkFile, { challenge }: OpenLink): void {
  if (header.challenge !== challengeDigest(challenge))
    refuse('other-challenge', 'the link answers another challenge than the one in the books');
}

/**
 * Compares the header, and the length of the file, with what is expected. How many tiles there must be is not known yet: but each proof has
 * the same length. Refuses `bad-coverage`, `bad-opening`, `bad-link`.
 */
export function checkLinkLength(link: LinkFile, { blocks, openings }: ExpectedLink): void {
  const { header } = link;
  if (header.tiles > blocks.length)
    refuse('bad-coverage', `${header.tiles} tiles for ${blocks.length} blocks`);
  const found = { old: header.oldSiblings, new: header.newSiblings };
  for (const side of ['old', 'new'] as const)
    if (found[side] !== openings[side].siblings)
      refuse(
        'bad-opening',
        `the opening of the ${side} tree has ${found[side]} siblings, ${openings[side].siblings} are expected`,
      );
  const length = link.lengthOf({ openings, tiles: header.tiles }, tileProofLength);
  if (link.size !== length)
    refuse('bad-link', `it has ${link.size} bytes, where ${length} are expected`);
}
