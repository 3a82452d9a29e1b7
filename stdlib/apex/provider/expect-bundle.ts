// The contents that a bundle must have, as the verifier derives them from plan, registration and window: which blocks are proved, and how many elements
// its body has. So the length of its file is known before anything of it is read but its header.
import type { BodyCounts, Bundle } from '../bundle/read.ts';
import { shapeOf, type Shape } from '../circuit/layout.ts';
import { tileProofLength } from '../circuit/tile-proof.ts';
import { largestLog, leastLog } from '../circuit/tile-size.ts';
import { siblingCount } from '../commitments/tree.ts';
import type { LiveBlock } from '../documents/history.ts';
import { planDigest, type Plan } from '../documents/plan.ts';
import { unchangedBlocks } from '../documents/unchanged.ts';
import { blockCount, blockNumbering, weightCount } from '../model/index.ts';
import { refuse } from './refused.ts';

export interface Blocks {
  readonly plan: Plan;
  /** With a live position, ascending. */
  readonly blocks: readonly LiveBlock[];
  /** Blocks of the answer from which the bundle keeps commitments. */
  readonly kept: readonly LiveBlock[] | undefined;
}

export interface Expected extends Omit<BodyCounts, 'tiles'> {
  readonly plan: Plan;
  readonly blocks: readonly LiveBlock[];
  /** Blocks of the answer from which the bundle keeps commitments. */
  readonly keptBlocks: number;
  /** From the index of a block that keeps its commitment to its index in the answer before. */
  readonly unchanged: ReadonlyMap<number, number>;
  /** Indices of the blocks that are proved, and their shapes. */
  readonly indices: readonly number[];
  readonly shapes: readonly Shape[];
  /** Live positions of the proved blocks, ascending. */
  readonly positions: readonly number[];
}

export async function expectBundle({ plan, blocks, kept }: Blocks): Promise<Expected> {
  const unchanged = kept ? unchangedBlocks(kept, blocks) : new Map<number, number>();
  const indices = blocks.flatMap((_, index) => (unchanged.has(index) ? [] : [index]));
  const numbering = blockNumbering(plan.scope);
  const positions = indices.flatMap((index) => {
    const { number, live } = blocks[index]!;
    const { first } = numbering.at(number);
    return live.map((entry) => first + entry);
  });
  const opens = plan.keeps === 'root';
  return {
    ...{ plan, blocks, unchanged, indices, positions },
    keptBlocks: kept?.length ?? 0,
    shapes: indices.map((index) => shapeOf(plan.step.size, blocks[index]!.live)),
    siblings: opens ? await siblingCount(weightCount(plan.scope), positions) : 0,
    leaves: opens ? positions.length : 0,
    proved: indices.length,
  };
}

/**
 * Compares the header, and the length of the file, with the most that the plan allows to any bundle. The books need not be asked.
 * Refuses `other-plan`, `bad-coverage`, `bad-opening`, `bad-bundle`.
 */
export function checkAgainstPlan(plan: Plan, bundle: Bundle): void {
  const { plan: named, log, proved, tiles, siblings } = bundle.header;
  const [weights, blocks] = [weightCount(plan.scope), blockCount(plan.scope)];
  if (named !== planDigest(plan)) refuse('other-plan', 'the bundle was made under another plan');
  if (log < leastLog || log > largestLog)
    refuse(
      'bad-coverage',
      `tiles of 2^${log} rows, where 2^${leastLog} to 2^${largestLog} are allowed`,
    );
  if (proved > blocks) refuse('bad-coverage', `${proved} blocks are proved, of ${blocks}`);
  if (tiles > proved) refuse('bad-coverage', `${tiles} tiles for ${proved} blocks`);
  // A sibling stands for at least one leaf that is not opened.
  const elements = plan.keeps === 'root' ? weights : 0;
  if (siblings > elements) refuse('bad-opening', `${siblings} siblings, of ${weights} leaves`);
  const counts = { siblings, leaves: elements - siblings, proved, tiles };
  const most = bundle.lengthOf(counts, tileProofLength);
  if (bundle.size > most)
    refuse('bad-bundle', `it has ${bundle.size} bytes, and one of this plan at most ${most}`);
}

/**
 * Compares the header, and the length of the file, with what is expected. How many tiles there must be is not known yet: but each
 * proof has the same length. Refuses `bad-coverage`, `bad-opening`, `bad-bundle`.
 */
export function checkAgainstExpected(bundle: Bundle, expected: Expected): void {
  const { proved, siblings } = bundle.header;
  if (proved !== expected.proved)
    refuse('bad-coverage', `${proved} blocks are proved, ${expected.proved} are expected`);
  if (siblings !== expected.siblings)
    refuse(
      'bad-opening',
      `the opening has ${siblings} siblings, ${expected.siblings} are expected`,
    );
  const length = lengthOf(bundle, expected);
  if (bundle.size !== length)
    refuse('bad-bundle', `it has ${bundle.size} bytes, where ${length} are expected`);
}

/** Bytes of the whole file, with as many tiles as its header names. */
export const lengthOf = (bundle: Bundle, expected: Expected): number =>
  bundle.lengthOf({ ...expected, tiles: bundle.header.tiles }, tileProofLength);
