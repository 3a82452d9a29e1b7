// Links as data, and what becomes of them: written by a client that controls its code. In place of proofs the verifier asks whether the
// client has a witness for each statement.
import type { KeyObject } from 'node:crypto';
import { compileCircuit } from '../../../../compiler/compile.ts';
import { deal, tileCount } from '../../../../stdlib/apex/circuit/deal.ts';
import { Holdings } from '../../../../stdlib/apex/client/holdings.ts';
import {
  linkMaterialInputs,
  type LinkMaterial,
} from '../../../../stdlib/apex/client/link-material.ts';
import {
  openLinkQuestion,
  type LinkQuestion,
} from '../../../../stdlib/apex/client/link-question.ts';
import { clientKey } from '../../../../stdlib/apex/client/state.ts';
import { openLeaves } from '../../../../stdlib/apex/commitments/tree.ts';
import { challengeDigest, type Challenge } from '../../../../stdlib/apex/documents/challenge.ts';
import { registrationDigest } from '../../../../stdlib/apex/documents/registration.ts';
import type { State } from '../../../../stdlib/apex/index.ts';
import { linkTiles } from '../../../../stdlib/apex/link/circuit.ts';
import { writeLink, type LinkHeader, type Openings } from '../../../../stdlib/apex/link/file.ts';
import { linkPositions } from '../../../../stdlib/apex/link/positions.ts';
import { linkShapeOf } from '../../../../stdlib/apex/link/shape.ts';
import { linkContext, linkStatement } from '../../../../stdlib/apex/link/statement.ts';
import {
  verifyLink,
  type LinkProofChecker,
  type VerifiedLink,
} from '../../../../stdlib/apex/provider/link.ts';
import { refuse } from '../../../../stdlib/apex/provider/refused.ts';
import { proofOfNothing } from '../bundles.ts';
import { proves } from '../circuit/tiles.ts';
import type { World } from '../fixture.ts';

export interface ForgedLink {
  readonly header: LinkHeader;
  readonly openings: Openings<readonly bigint[]>;
  /** One for each tile. */
  readonly proofs: readonly Uint8Array[];
  readonly key: KeyObject;
}

/** The claim of a client, and what it would prove it with. */
export interface DraftLink {
  readonly link: ForgedLink;
  readonly question: LinkQuestion;
  /** Close its holdings after use. */
  readonly material: LinkMaterial;
}

/** A registration that waits for its link. */
export async function challengeOf(world: World, state: State): Promise<Challenge> {
  const presented = await world.present(state);
  if (presented.kind === 'pending') return presented.challenge;
  throw new Error('the registration waits for no link');
}

/** Rows of a tile in these tests: a few tiles for the blocks of the fixture. */
const linkLog = 11;

/** As `proveLink` makes it, but for its proofs, which are of nothing. */
export async function draftLink(
  state: State,
  challenge: Challenge,
  { log = linkLog }: { readonly log?: number } = {},
): Promise<DraftLink> {
  const question = await openLinkQuestion(state.folder, challenge);
  const { blocks, answer } = question;
  const { plan } = state;
  const material: LinkMaterial = {
    ...{ step: plan.step, challenge, blocks, answer },
    old: await Holdings.open(question.old),
    new: await Holdings.open(state),
  };
  const shapes = blocks.map((block) => linkShapeOf(plan.step.size, block));
  const positions = linkPositions(plan, blocks);
  const opened = async (holdings: Holdings, at: readonly number[]) =>
    plan.keeps === 'leaves'
      ? { siblings: [], leaves: [] }
      : {
          siblings: await openLeaves(holdings.tree(), at),
          leaves: await holdings.leaves(at),
        };
  const openings = {
    old: await opened(material.old, positions.old),
    new: await opened(material.new, positions.new),
  };
  const tiles = tileCount(deal(plan.step, shapes, log, linkTiles));
  const header: LinkHeader = {
    plan: challenge.plan,
    registration: challenge.registration,
    challenge: challengeDigest(challenge),
    ...{ log, tiles },
    oldSiblings: openings.old.siblings.length,
    newSiblings: openings.new.siblings.length,
  };
  const proofs = Array.from({ length: tiles }, () => proofOfNothing);
  return { link: { header, openings, proofs, key: await clientKey(state) }, question, material };
}

export async function closeDraft({ material }: DraftLink): Promise<void> {
  await material.old.close();
  await material.new.close();
}

export const withLinkHeader = (link: ForgedLink, change: Partial<LinkHeader>): ForgedLink => ({
  ...link,
  header: { ...link.header, ...change },
});

/** Whether the client has a witness for each statement of the verifier. */
export const byWitness =
  (material: LinkMaterial): LinkProofChecker =>
  async ({ plan, challenge, sets, blocks }) => {
    for (const { layout, first, tiles } of sets) {
      const circuit = compileCircuit(linkTiles.circuit(plan.step, layout));
      for (const [i, places] of tiles.entries()) {
        const tile = first + i;
        const statement = linkStatement(
          linkContext(challenge, tile),
          places.map((place) => blocks[place]!),
        );
        if (!proves(circuit, await linkMaterialInputs(material, tile, places), statement))
          refuse('bad-proof', `tile ${tile} has no witness`);
      }
    }
  };

export const saveLink = (file: string, link: ForgedLink): Promise<number> =>
  writeLink(file, { ...link, proof: async (tile) => link.proofs[tile] ?? new Uint8Array(0) });

/** Judges a link of the state's registration, by the witnesses of the client or as it is said. */
export async function judgeLink(
  world: World,
  state: State,
  link: ForgedLink,
  checkProofs?: LinkProofChecker,
): Promise<VerifiedLink> {
  const file = world.path('judged.link');
  await saveLink(file, link);
  return judgeLinkFile(world, state, file, checkProofs);
}

export const judgeLinkFile = (
  world: World,
  { registration }: State,
  file: string,
  checkProofs?: LinkProofChecker,
): Promise<VerifiedLink> => {
  const { plan, leaves, commitments, signingKey } = world.provider;
  return verifyLink({
    ...{ plan, leaves, commitments, signingKey, file, jobs: 1 },
    withBooks: world.withBooks,
    registration: registrationDigest(registration),
    ...(checkProofs && { checkProofs }),
  });
};
