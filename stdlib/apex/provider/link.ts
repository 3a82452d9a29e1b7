// Verifying the link of a pending registration: the nonce's blocks are opened under both registered roots and the accepted c_b, and every
// proof holds. Then the registration is current, and the client gets its receipt. What is cheap comes first, as for bundles (verify.ts):
//   header and length by the plan     nothing is read but the header
//   what the books hold               the registration is pending, and the header names its challenge
//   the client's signature            the file is hashed
//   what the link must have           the sample is drawn: counts, length
//   the bytes of all proofs, openings and commitments, the number of tiles, the proofs
import type { KeyObject } from 'node:crypto';
import type { Json } from '../documents/canonical.ts';
import type { BooksAccess, Reason, RegistrationRecord } from '../books/index.ts';
import type { Challenge } from '../documents/challenge.ts';
import type { Plan } from '../documents/plan.ts';
import { linkTiles } from '../link/circuit.ts';
import { LinkFile, type LinkHeader } from '../link/file.ts';
import type { LinkShape } from '../link/shape.ts';
import { linkContext, linkStatement, type PublicLinkBlock } from '../link/statement.ts';
import { silent, type Report } from '../report.ts';
import { askLink, type LinkedBefore, type OpenLink } from './ask-link.ts';
import { checkLink } from './check-link.ts';
import { checkTileProofs, type TileProofs } from './check-proofs.ts';
import { receiptFor, type Entered } from './enroll.ts';
import {
  checkChallenge,
  checkLinkAgainstPlan,
  checkLinkLength,
  expectLink,
} from './expect-link.ts';
import { keepLater, type KeyStore } from './keys.ts';
import { isKeptFileLost, sweep, type Kept } from './kept.ts';
import { reasonOf, refuse } from './refused.ts';

export interface LinkClaim extends TileProofs<LinkShape> {
  readonly challenge: Challenge;
  /** The blocks that stand in the places of the tiles. */
  readonly blocks: readonly PublicLinkBlock[];
}

/** Refuses `bad-proof`. Other errors are the verifier's own. */
export type LinkProofChecker = (claim: LinkClaim) => Promise<void>;

export interface VerifyLinkOptions extends Kept {
  readonly plan: Plan;
  /** They are held while they are read, and again while the link is entered. */
  readonly withBooks: BooksAccess;
  /** Signs the receipt. */
  readonly signingKey: () => Promise<KeyObject>;
  /** Digest of the registration that is to be linked. */
  readonly registration: string;
  /** The link's file. */
  readonly file: string;
  /** The key of a circuit, where it was kept, and where to keep it; it is trusted. Keys of accepted links alone are kept. */
  readonly keys?: KeyStore;
  /** For tests of the protocol: what is done in place of verifying the proofs. */
  readonly checkProofs?: LinkProofChecker;
  readonly jobs?: number;
  readonly report?: Report;
  readonly signal?: AbortSignal;
}

export interface VerifiedLink {
  readonly accepted: boolean;
  /** Why it is refused. */
  readonly reason?: Reason;
  readonly warnings: readonly string[];
  /** Absent where not even the header could be read. */
  readonly header?: LinkHeader;
  readonly tiles: number;
  /** The registration as it stands in the books, and its signed receipt, where it is accepted. */
  readonly entered?: Entered;
  readonly document?: Json;
}

export const checkLinkProofs: LinkProofChecker = (claim) =>
  checkTileProofs(claim, linkTiles, (tile, places) =>
    linkStatement(
      linkContext(claim.challenge, tile),
      places.map((place) => claim.blocks[place]!),
    ),
  );

/**
 * A registration that was linked before gets the same receipt. One whose link is refused stays pending, and its nonce may be answered
 * again. Throws only where the verifier himself fails.
 */
export async function verifyLink(options: VerifyLinkOptions): Promise<VerifiedLink> {
  const { file, plan, withBooks, registration } = options;
  let link: LinkFile;
  try {
    link = await LinkFile.open(file);
  } catch (error) {
    return { accepted: false, reason: reasonOf(error, ofLinks), warnings: [], tiles: 0 };
  }
  const { header } = link;
  const { tiles } = header;
  const acceptedAs = (entered: Entered): VerifiedLink => ({
    ...{ accepted: true, warnings: [], header, tiles, entered, document: entered.document },
  });
  try {
    checkLinkAgainstPlan(plan, link);
    if (header.registration !== registration)
      refuse('other-challenge', `the link is of registration ${header.registration}`);
    const asked = await withBooks((books) => askLink(plan, books, registration));
    return acceptedAs(await linked(options, link, asked));
  } catch (error) {
    const now = await reasonNow(options, error);
    if ('kind' in now) return acceptedAs(await enteredWith(options, now.registration));
    return { accepted: false, reason: now, warnings: [], header, tiles };
  } finally {
    await link.close();
  }
}

/** Codes of errors by which reading a link refuses it. */
const ofLinks = ['bad-link', 'forged-link', 'bad-coverage', 'bad-opening'] as const;

async function linked(
  options: VerifyLinkOptions,
  link: LinkFile,
  asked: Awaited<ReturnType<typeof askLink>>,
): Promise<Entered> {
  if (asked.kind === 'linked') return enteredWith(options, asked.registration);
  const { keys, withBooks, registration } = options;
  const late = keys && keepLater(keys);
  const start = performance.now();
  await examine({ ...options, ...(late && { keys: late }) }, link, asked);
  const seconds = (performance.now() - start) / 1000;
  const measured = { seconds, bytes: link.size, tiles: link.header.tiles };
  const bundleDigest = await link.digest();
  const entered = await withBooks(async (books) => {
    const outcome = await books.acceptLink({
      ...{ registrationDigest: registration, bundleDigest, measured },
    });
    if (outcome.kind === 'refused') return refuse(outcome.refusal.code, outcome.refusal.message);
    await sweep(options, books, outcome.registration.client);
    return outcome.registration;
  });
  await late?.keep();
  return enteredWith(options, entered);
}

async function examine(options: VerifyLinkOptions, link: LinkFile, open: OpenLink): Promise<void> {
  const { plan, checkProofs = checkLinkProofs, keys, jobs, report = silent, signal } = options;
  checkChallenge(link, open);
  // The rest is work for the registered client alone: a link of every block opens every leaf.
  await link.verifySignature(open.registration.signer);
  const expected = await expectLink(plan, open);
  checkLinkLength(link, expected);
  const { body, sets, blocks } = await checkLink(link, open, expected, options);
  await checkProofs({
    ...{ plan, challenge: open.challenge, sets, blocks, proofs: body.proofs() },
    ...{ keys, jobs, report, signal },
  });
}

async function enteredWith(
  { plan, withBooks, signingKey }: VerifyLinkOptions,
  entry: RegistrationRecord,
): Promise<Entered> {
  const key = await signingKey();
  return withBooks((books) => receiptFor(plan, books, entry, key));
}

/**
 * Where a file that is kept of the client is gone, the registration may not be pending any more: then the books say why it is refused, or
 * that a link of it was accepted meanwhile.
 */
async function reasonNow(
  options: VerifyLinkOptions,
  error: unknown,
): Promise<Reason | LinkedBefore> {
  if (!isKeptFileLost(error)) return reasonOf(error, ofLinks);
  const { plan, withBooks, registration } = options;
  try {
    const now = await withBooks((books) => askLink(plan, books, registration));
    if (now.kind === 'linked') return now;
  } catch (now) {
    return reasonOf(now, ofLinks);
  }
  throw error;
}
