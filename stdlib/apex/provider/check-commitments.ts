// The commitments of a bundle: before, they are those of the current root; after, they give the bundle's root; all others are
// the same in both trees.
import { fail } from '../../../compiler/diagnostics/diagnostic.ts';
import type { BundleHeader, SentLeaves } from '../bundle/header.ts';
import type { Bundle } from '../bundle/read.ts';
import { countsOf, type Deal } from '../circuit/layout.ts';
import type { BlockLeaves } from '../circuit/tiles.ts';
import { replaceLeaves, rootOf, siblingCount, type Tree } from '../commitments/tree.ts';
import type { TouchedBlock } from '../documents/mask.ts';
import type { Plan } from '../documents/plan.ts';
import { blockCount } from '../model/index.ts';
import type { Report } from '../report.ts';
import { refuse } from './refused.ts';
import type { CurrentCommitment, TreeStore } from './trees.ts';

export interface CheckedCommitments {
  /** Of the touched blocks, in their order. */
  readonly leaves: readonly BlockLeaves[];
  /** After, where the provider keeps it. */
  readonly tree?: Tree;
}

export interface Against {
  readonly trees: TreeStore | undefined;
  /** In the books. */
  readonly current: CurrentCommitment;
  readonly report: Report;
}

/** Throws inside of `verifyBundle`: `bad-opening`, `root-mismatch`, `bad-bundle`; `no-tree` is the verifier's own. */
export async function checkCommitments(
  plan: Plan,
  bundle: Bundle,
  dealt: Deal,
  touched: readonly TouchedBlock[],
  { trees, current, report }: Against,
): Promise<CheckedCommitments> {
  const { header } = bundle;
  const [count, numbers] = [blockCount(plan.scope), touched.map(({ number }) => number)];
  const expected = plan.keeps === 'tree' ? 0 : await siblingCount(count, numbers);
  if (header.siblings !== expected)
    refuse('bad-opening', `the opening has ${header.siblings} siblings, ${expected} are expected`);
  const sent = await sentLeaves(plan, bundle, dealt, touched.length, report);
  if (plan.keeps === 'tree')
    return againstTree(header, numbers, sent, await kept(trees, current, count));
  const leaves = sent.map(({ before, after }) => ({ before: before!, after }));
  const siblings = await bundle.siblings();
  const root = (of: (leaves: BlockLeaves) => bigint): Promise<bigint> =>
    rootOf(count, numbers, leaves.map(of), siblings);
  if ((await root(({ before }) => before)) !== header.root)
    refuse(
      'root-mismatch',
      'the commitments do not open the registered root: another model, or another curvature',
    );
  checkAfter(await root(({ after }) => after), header);
  return { leaves };
}

/** The leaves in the bundle, in the order of the touched blocks. */
async function sentLeaves(
  { keeps }: Plan,
  bundle: Bundle,
  dealt: Deal,
  total: number,
  report: Report,
): Promise<SentLeaves[]> {
  const leaves = new Array<SentLeaves>(total);
  let [tile, done] = [0, 0];
  for await (const own of bundle.tiles(countsOf(dealt), keeps)) {
    const places = dealt.tiles[tile++]!.filter((place) => place !== undefined);
    places.forEach((place, i) => (leaves[place] = own.leaves[i]!));
    report({ phase: 'commitments', done: (done += places.length), total });
  }
  return leaves;
}

/** The books say that the header's root is the current one. */
async function kept(
  trees: TreeStore | undefined,
  current: CurrentCommitment,
  count: number,
): Promise<Tree> {
  return (trees ?? fail('no-tree', 'the provider keeps trees, and none are given')).read(
    current,
    count,
  );
}

async function againstTree(
  header: BundleHeader,
  numbers: readonly number[],
  sent: readonly SentLeaves[],
  before: Tree,
): Promise<CheckedCommitments> {
  const tree = await replaceLeaves(
    before,
    numbers,
    sent.map(({ after }) => after),
  );
  checkAfter(tree.root, header);
  const own = before.levels[0]!;
  return {
    leaves: sent.map(({ after }, i) => ({ before: own.get(numbers[i]!), after })),
    tree,
  };
}

function checkAfter(root: bigint, { after }: BundleHeader): void {
  if (root !== after) refuse('root-mismatch', 'the commitments after do not give the root after');
}

/** Equal commitments mean equal values under equal salts. */
export function repeatedLeaves(leaves: readonly BlockLeaves[]): string[] {
  const all = leaves.flatMap(({ before, after }) => [before, after]);
  const repeated = all.length - new Set(all).size;
  if (repeated === 0) return [];
  return [
    `${repeated} commitments occur twice: the client uses salts again, and shows which blocks are equal`,
  ];
}
