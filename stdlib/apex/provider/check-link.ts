// The openings of a link: its leaves are those of the two registered roots, and c_b are those that the provider has accepted. Cheap things
// come first: the bytes of all proofs, hashing, then the rows of every shape.
import type { TileSet } from '../circuit/deal.ts';
import { rootOf } from '../commitments/tree.ts';
import type { Plan } from '../documents/plan.ts';
import { linkTiles } from '../link/circuit.ts';
import type { LinkBody, LinkFile } from '../link/file.ts';
import { leavesByBlock } from '../link/positions.ts';
import type { LinkShape } from '../link/shape.ts';
import type { PublicLinkBlock } from '../link/statement.ts';
import { weightCount } from '../model/index.ts';
import { silent, type Report } from '../report.ts';
import type { OpenLink } from './ask-link.ts';
import { checkTiles } from './check-tiles.ts';
import { decodeProofs } from './decode-proofs.ts';
import type { ExpectedLink } from './expect-link.ts';
import type { Kept } from './kept.ts';
import { refuse } from './refused.ts';

export interface CheckedLink {
  readonly body: LinkBody;
  readonly sets: readonly TileSet<LinkShape>[];
  /** The blocks that stand in the places of the tiles. */
  readonly blocks: readonly PublicLinkBlock[];
}

export interface LinkStores extends Kept {
  readonly plan: Plan;
  readonly report?: Report;
}

/** Refuses `bad-coverage`, `bad-opening`, `bad-proof` (of bytes that are no proof), `root-mismatch`, `bad-link`. */
export async function checkLink(
  link: LinkFile,
  open: OpenLink,
  expected: ExpectedLink,
  stores: LinkStores,
): Promise<CheckedLink> {
  const { plan, report = silent } = stores;
  const { header } = link;
  const { shapes, blocks, openings } = expected;
  const body = link.body({ openings, tiles: header.tiles });
  await decodeProofs(body);
  report({ phase: 'commitments', done: 0, total: 1 });
  const leaves = leavesByBlock(blocks, await openedLeaves(body, open, expected, stores));
  const commitments = await commitmentsOf(open, expected, stores);
  const sets = checkTiles(plan.step, shapes, header, linkTiles);
  return {
    ...{ body, sets },
    blocks: blocks.map(({ number, live }, i) => ({
      shape: shapes[i]!,
      leaves: leaves[i]!,
      commitment: live.length === 0 ? undefined : commitments(number),
    })),
  };
}

/** The leaves of both trees at the positions of the link. */
async function openedLeaves(
  body: LinkBody,
  { registration, replaced }: OpenLink,
  { positions }: ExpectedLink,
  { plan, leaves }: LinkStores,
): Promise<{ old: bigint[]; new: bigint[] }> {
  if (plan.keeps === 'leaves')
    return {
      old: await leaves.read(replaced.digest, positions.old),
      new: await leaves.read(registration.digest, positions.new),
    };
  const sent = await body.openings();
  const opened = async (side: 'old' | 'new', { root }: { root: string }): Promise<bigint[]> => {
    const [own, siblings] = [sent[side].leaves.all(), sent[side].siblings.all()];
    const at = positions[side];
    if (
      at.length > 0 &&
      (await rootOf(weightCount(plan.scope), at, own, siblings)) !== BigInt(root)
    )
      refuse('root-mismatch', `the ${side} leaves do not open the root of their registration`);
    return own;
  };
  return { old: await opened('old', replaced), new: await opened('new', registration) };
}

/** c_b by the number of a block with S ≠ ∅. */
async function commitmentsOf(
  { challenge: { commitments: root } }: OpenLink,
  { committed }: ExpectedLink,
  { commitments }: LinkStores,
): Promise<(number: number) => bigint> {
  if (committed.length === 0) return () => unknown(root);
  if (root === null) return unknown(root);
  const all = await commitments.read(`${root}`, committed.length);
  const known = new Map(committed.map((number, i) => [number, all[i]!]));
  return (number) => known.get(number) ?? unknown(root);
}

/** The books enter no registration whose predecessor has not answered. */
const unknown = (root: bigint | null): never => {
  throw new Error(`the books name commitments ${root}, which are not those of the last window`);
};
