// The openings and proofs that a bundle must have, as the verifier derives them himself: nothing of it is taken from the bundle but its tile size
// and whether it keeps commitments.
import { isLetheError } from '../../../compiler/diagnostics/diagnostic.ts';
import type { Bundle } from '../bundle/read.ts';
import type { BundleBody } from '../bundle/body.ts';
import { deal, tileCount, type TileSet } from '../circuit/deal.ts';
import { shapeOf } from '../circuit/layout.ts';
import type { PublicBlock } from '../circuit/statement.ts';
import { largestLog, leastLog } from '../circuit/tile-size.ts';
import { Elements } from '../commitments/elements.ts';
import { buildTree, rootOf, siblingCount } from '../commitments/tree.ts';
import type { LiveBlock } from '../documents/history.ts';
import type { Plan } from '../documents/plan.ts';
import { unchangedBlocks } from '../documents/unchanged.ts';
import { blockNumbering, weightCount } from '../model/index.ts';
import type { Report } from '../report.ts';
import { refuse } from './refused.ts';

/** The answer from which commitments are kept. */
export interface KeptAnswer {
  readonly blocks: readonly LiveBlock[];
  /** Its commitments, in the order of its blocks. */
  readonly commitments: readonly bigint[];
}

export interface Expected {
  readonly plan: Plan;
  /** The registered root. */
  readonly root: bigint;
  /** With a live position, ascending. */
  readonly blocks: readonly LiveBlock[];
  /** Where the bundle keeps commitments. */
  readonly kept: KeptAnswer | undefined;
  /** The registered leaves at positions (ascending), where the provider keeps them. */
  readonly leavesAt: ((positions: readonly number[]) => Promise<bigint[]>) | undefined;
  readonly report: Report;
}

export interface CheckedBundle {
  readonly body: BundleBody;
  readonly sets: readonly TileSet[];
  /** The blocks that are proved, in their order. */
  readonly proved: readonly PublicBlock[];
  /** c_b of all blocks, those that are kept included. */
  readonly commitments: Elements;
}

/** Throws inside of `verifyBundle`: `bad-coverage`, `bad-opening`, `root-mismatch`, `bad-bundle`. */
export async function checkBundle(bundle: Bundle, expected: Expected): Promise<CheckedBundle> {
  const { plan, blocks, kept, report } = expected;
  const { header } = bundle;
  const unchanged = kept ? unchangedBlocks(kept.blocks, blocks) : new Map<number, number>();
  const indices = blocks.flatMap((_, index) => (unchanged.has(index) ? [] : [index]));
  const shapes = indices.map((index) => shapeOf(plan.step.size, blocks[index]!.live));
  const sets = dealt(plan, shapes, header.log);
  const positions = positionsOf(
    plan,
    indices.map((index) => blocks[index]!),
  );
  const opens = plan.keeps === 'root';
  const weights = weightCount(plan.scope);
  const body = bundle.body({
    siblings: opens ? await siblingCount(weights, positions) : 0,
    leaves: opens ? positions.length : 0,
    proved: indices.length,
    tiles: tileCount(sets),
  });
  report({ phase: 'commitments', done: 0, total: 1 });
  const leaves = await openedLeaves(body, positions, expected);
  const sent = await body.commitments();
  const commitments = Elements.of(blocks.length);
  indices.forEach((index, place) => commitments.set(index, sent.get(place)));
  unchanged.forEach((before, index) => commitments.set(index, kept!.commitments[before]!));
  const { root } = await buildTree(commitments);
  if (root !== header.after) refuse('root-mismatch', 'the commitments do not give the root after');
  let at = 0;
  const proved = shapes.map((shape, place): PublicBlock => {
    const own = shape.map(() => leaves[at++]!);
    return { shape, leaves: own, commitment: sent.get(place) };
  });
  return { body, sets, proved, commitments };
}

function dealt(plan: Plan, shapes: readonly (readonly number[])[], log: number): TileSet[] {
  if (log < leastLog || log > largestLog)
    refuse(
      'bad-coverage',
      `tiles of 2^${log} rows, where 2^${leastLog} to 2^${largestLog} are allowed`,
    );
  try {
    return deal(plan.step, shapes, log);
  } catch (error) {
    if (isLetheError(error)) refuse('bad-coverage', error.diagnostics[0]!.message);
    throw error;
  }
}

/** Live positions of blocks, ascending. */
function positionsOf({ scope }: Plan, blocks: readonly LiveBlock[]): number[] {
  const numbering = blockNumbering(scope);
  return blocks.flatMap(({ number, live }) => {
    const { first } = numbering.at(number);
    return live.map((entry) => first + entry);
  });
}

/** The leaves at the live positions, which are those of the registered root. */
async function openedLeaves(
  body: BundleBody,
  positions: readonly number[],
  { plan, root, leavesAt }: Expected,
): Promise<bigint[]> {
  if (leavesAt) return leavesAt(positions);
  const leaves = (await body.leaves()).all();
  const siblings = await body.siblings();
  if (positions.length === 0) return leaves;
  const opened = await rootOf(weightCount(plan.scope), positions, leaves, siblings.all());
  if (opened !== root)
    refuse(
      'root-mismatch',
      'the leaves do not open the registered root: another model, or another curvature',
    );
  return leaves;
}

/** Equal commitments mean equal values under equal salts. */
export function repeated({ commitments }: CheckedBundle): string[] {
  const all = commitments.all();
  const count = all.length - new Set(all).size;
  if (count === 0) return [];
  return [
    `${count} commitments occur twice: the client uses salts again, and shows which blocks are equal`,
  ];
}
