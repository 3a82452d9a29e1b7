// `link` with marks in place of proofs.
import { checkLinked, type LinkMaterial } from '../../../../stdlib/apex/client/link-material.ts';
import { openState } from '../../../../stdlib/apex/client/state.ts';
import { deal } from '../../../../stdlib/apex/circuit/deal.ts';
import type { Challenge } from '../../../../stdlib/apex/documents/challenge.ts';
import type { LinkBlock } from '../../../../stdlib/apex/link/blocks.ts';
import { linkTiles } from '../../../../stdlib/apex/link/circuit.ts';
import { LinkFile, type TreeOpening } from '../../../../stdlib/apex/link/file.ts';
import { proveLink } from '../../../../stdlib/apex/client/link.ts';
import { linkShapeOf } from '../../../../stdlib/apex/link/shape.ts';
import {
  linkContext,
  linkStatement,
  type PublicLinkBlock,
} from '../../../../stdlib/apex/link/statement.ts';
import type { LinkProofChecker } from '../../../../stdlib/apex/provider/link.ts';
import { codeOf } from '../codes.ts';
import { closeDraft, draftLink, type ForgedLink } from '../link/drafts.ts';
import { checkMark, falseMark, markOf } from './marks.ts';

export interface MarkedLink {
  readonly link: ForgedLink;
  /** Whether the weights are those that the former registration was left with: no false statement can be proved. */
  readonly isTrue: boolean;
}

/** As `proveLink`; a client whose weights are others goes on all the same, without proofs. Throws as `openLinkQuestion`. */
export async function markLink(folder: string, challenge: Challenge): Promise<MarkedLink> {
  const state = await openState(folder);
  const draft = await draftLink(state, challenge, { log: largeTile });
  try {
    const { link, material } = draft;
    const isTrue = (await codeOf(() => checkLinked(material))) === 'none';
    const { step } = state.plan;
    const shapes = material.blocks.map((block) => linkShapeOf(step.size, block));
    const proofs: Uint8Array[] = [];
    for (const { first, tiles } of deal(step, shapes, largeTile, linkTiles))
      for (const [i, places] of tiles.entries()) {
        const blocks: PublicLinkBlock[] = [];
        for (const place of places)
          blocks.push(await publicBlock(material, material.blocks[place]!));
        const statement = linkStatement(linkContext(challenge, first + i), blocks);
        proofs.push(isTrue ? markOf(statement) : falseMark);
      }
    return { link: { ...link, proofs }, isTrue };
  } finally {
    await closeDraft(draft);
  }
}

/** The same with proofs, where there can be any: `proveLink` itself, and its link as data. */
export async function proveMarkedLink(
  folder: string,
  challenge: Challenge,
  out: string,
): Promise<MarkedLink> {
  const marked = await markLink(folder, challenge);
  if (!marked.isTrue) return marked;
  const { header } = (await proveLink({ folder, challenge, out, jobs: 1 }))!;
  const file = await LinkFile.open(out);
  try {
    const { openings } = marked.link;
    const counts = {
      openings: {
        old: countsOf(openings.old),
        new: countsOf(openings.new),
      },
      tiles: header.tiles,
    };
    const proofs: Uint8Array[] = [];
    for await (const proof of file.body(counts).proofs()) proofs.push(Uint8Array.from(proof));
    return { ...marked, link: { ...marked.link, header, proofs } };
  } finally {
    await file.close();
  }
}

const countsOf = ({ siblings, leaves }: TreeOpening<readonly bigint[]>): TreeOpening<number> => ({
  siblings: siblings.length,
  leaves: leaves.length,
});

/** Larger ones than those of bundles: blocks are opened twice. */
const largeTile = 11;

async function publicBlock(material: LinkMaterial, block: LinkBlock): Promise<PublicLinkBlock> {
  const { number, live, linked } = block;
  const { old, new: own, answer } = material;
  const index = answer?.blocks.findIndex((each) => each.number === number) ?? -1;
  const at = (entries: readonly number[], holdings: LinkMaterial['old']): Promise<bigint[]> =>
    holdings.leaves(entries.map((entry) => holdings.firstPosition(number) + entry));
  return {
    shape: linkShapeOf(material.step.size, block),
    leaves: {
      live: await at(live, old),
      linked: await at(linked, old),
      new: await at(linked, own),
    },
    commitment: live.length === 0 ? undefined : answer!.commitments.get(index),
  };
}

/** Takes marks for proofs. */
export const checkLinkMarks: LinkProofChecker = async ({ challenge, sets, blocks, proofs }) => {
  for (const { first, tiles } of sets)
    for (const [i, places] of tiles.entries()) {
      const own = places.map((place) => blocks[place]!);
      await checkMark(proofs, linkStatement(linkContext(challenge, first + i), own));
    }
};
