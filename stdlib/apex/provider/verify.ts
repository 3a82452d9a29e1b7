// Verifying a bundle against the provider's books: the window is signed and issued, the registration is not younger than the window, its
// client has signed the bundle, the leaves are those of the registered root, every block with a live position has one commitment, and
// every proof holds. What is cheap comes first:
//   header and length by the plan     nothing is read but the header
//   what the books hold               the claim, and by it what the bundle must have: counts, length
//   the client's signature            the file is hashed
//   the bytes of all proofs           decoded
//   openings and commitments          hashed
//   the number of tiles               the rows of each shape are counted
//   the proofs                        circuits are compiled
import type { BooksAccess, Outcome, Reason } from '../books/index.ts';
import type { BundleHeader } from '../bundle/header.ts';
import { Bundle } from '../bundle/read.ts';
import { liveBlocks, type LiveBlock } from '../documents/history.ts';
import type { Plan } from '../documents/plan.ts';
import { parseWindow } from '../documents/window.ts';
import { silent, type Report } from '../report.ts';
import { askBooks, type Asked, type OpenClaim } from './ask-books.ts';
import { checkBundle, repeated, type CheckedBundle, type Registered } from './check-bundle.ts';
import { checkProofs, type ProofChecker } from './check-proofs.ts';
import {
  checkAgainstExpected,
  checkAgainstPlan,
  expectBundle,
  lengthOf,
  type Expected,
} from './expect-bundle.ts';
import { keepLater, type KeyStore } from './keys.ts';
import { isKeptFileLost, sweep, type Kept } from './kept.ts';
import { reasonOf, refuse } from './refused.ts';

export interface VerifyOptions extends Kept {
  readonly plan: Plan;
  /** They are held while they are read, and again while the verdict is entered. */
  readonly withBooks: BooksAccess;
  /** The bundle's file. */
  readonly file: string;
  /** The key of a circuit, where it was kept, and where to keep it; it is trusted. Keys of accepted bundles alone are kept. */
  readonly keys?: KeyStore;
  /** For tests of the protocol: what is done in place of verifying the proofs. */
  readonly checkProofs?: ProofChecker;
  readonly jobs?: number;
  readonly report?: Report;
  readonly signal?: AbortSignal;
}

export interface VerifiedBundle {
  readonly accepted: boolean;
  /** Why it is refused. */
  readonly reason?: Reason;
  readonly warnings: readonly string[];
  /** Absent where not even the header could be read. */
  readonly header?: BundleHeader;
  readonly tiles: number;
}

/**
 * Verdicts on bundles that the registered client signed are entered in the books, but for one that was accepted before. Other bundles
 * leave no trace. Throws only where the verifier himself fails.
 */
export async function verifyBundle(options: VerifyOptions): Promise<VerifiedBundle> {
  let bundle: Bundle;
  try {
    bundle = await Bundle.open(options.file);
  } catch (error) {
    return { accepted: false, reason: reasonOf(error, ofBundles), warnings: [], tiles: 0 };
  }
  try {
    return await judge(options, bundle);
  } finally {
    await bundle.close();
  }
}

async function judge(options: VerifyOptions, bundle: Bundle): Promise<VerifiedBundle> {
  const { plan, withBooks, commitments: store, keys } = options;
  const { header } = bundle;
  const { tiles } = header;
  const start = performance.now();
  const warnings: string[] = [];
  const refused = (reason: Reason): VerifiedBundle => ({
    ...{ accepted: false, reason, warnings, header, tiles },
  });
  let asked: Asked;
  try {
    checkAgainstPlan(plan, bundle);
    asked = await withBooks((books) => askBooks(plan, books, header));
  } catch (error) {
    return refused(reasonOf(error, ofBundles));
  }

  const late = keys && keepLater(keys);
  const found = await examine({ ...options, ...(late && { keys: late }) }, bundle, asked, warnings);
  if ('reason' in found && !found.signed) return refused(found.reason);
  const bundleDigest = await bundle.digest();
  if ('reason' in found && bundleDigest === asked.accepted)
    return refused({ code: 'replayed-bundle', text: `bundle ${bundleDigest} was accepted before` });

  const root = `${header.after}`;
  const checked = 'reason' in found ? undefined : found;
  const reason = 'reason' in found ? found.reason : null;
  const seconds = (performance.now() - start) / 1000;
  const outcome = await withBooks(async (books) => {
    // Before the books name its root: a crash between the two leaves one file too many, never one too few.
    if (checked) await store.write(root, checked.commitments.all());
    const entered = await books.recordVerdict({
      ...{ bundleDigest, registrationDigest: header.registration, windowDigest: header.window },
      kept: header.kept === null ? null : `${header.kept}`,
      accepted: reason === null,
      reason,
      rootAfter: root,
      measured: { seconds, bytes: bundle.size, proved: header.proved, tiles, warnings },
    });
    if (checked) await sweep(options, books, asked.client, [root]);
    return entered;
  });
  if (outcome.kind !== 'accepted') return refused(reasonOfOutcome(outcome, reason));
  await late?.keep();
  return { accepted: true, warnings, header, tiles };
}

/** The finding on a bundle. A refusal is entered in the books where the client signed the bundle. */
type Found = CheckedBundle | { readonly reason: Reason; readonly signed: boolean };

async function examine(
  options: VerifyOptions,
  bundle: Bundle,
  { claim, signer }: Asked,
  warnings: string[],
): Promise<Found> {
  const { plan, checkProofs: check = checkProofs, report = silent } = options;
  const { header } = bundle;
  const expected = 'code' in claim ? undefined : await expectedOf(plan, claim);
  let signed = false;
  try {
    if ('code' in claim) refuse(claim.code, claim.text);
    if (header.receipt !== claim.receipt)
      refuse('other-receipt', 'the bundle was made with another receipt than the books give');
    checkAgainstExpected(bundle, expected!);
    await bundle.verifySignature(signer);
    signed = true;
    const checked = await checkBundle(bundle, expected!, registeredOf(options, claim, expected!));
    warnings.push(...repeated(checked));
    const { sets, proved, body } = checked;
    const { keys, jobs, signal } = options;
    await check({
      ...{ plan, subject: header, sets, proved, proofs: body.proofs() },
      ...{ keys, jobs, report, signal },
    });
    return checked;
  } catch (error) {
    const reason = await reasonNow(options, header, error);
    // A file that is longer than it may be is not hashed.
    const short = expected === undefined || bundle.size <= lengthOf(bundle, expected);
    return { reason, signed: signed || (short && (await bundle.isSignedBy(signer))) };
  }
}

function expectedOf(plan: Plan, { registration, window, kept }: OpenClaim): Promise<Expected> {
  const blocksOf = (entry: OpenClaim['window']): LiveBlock[] => {
    const { history } = parseWindow(entry.document, 'the window in the books', plan);
    return liveBlocks(plan, history, registration.epoch);
  };
  return expectBundle({ plan, blocks: blocksOf(window), kept: kept && blocksOf(kept.window) });
}

const registeredOf = (
  { plan, leaves, commitments, report = silent }: VerifyOptions,
  { registration, kept }: OpenClaim,
  { keptBlocks }: Expected,
): Registered => ({
  root: BigInt(registration.root),
  keptCommitments: () => commitments.read(kept!.root, keptBlocks),
  leavesAt:
    plan.keeps === 'leaves'
      ? (positions) => leaves.read(registration.digest, positions)
      : undefined,
  report,
});

/** Codes of errors by which reading a bundle refuses it. */
const ofBundles = ['bad-bundle', 'forged-bundle', 'bad-coverage', 'bad-opening'] as const;

/**
 * The same. Where a file that is kept of the client is gone, another bundle or registration of the client may have been entered meanwhile:
 * then the books say why this one is refused.
 */
async function reasonNow(
  { withBooks }: VerifyOptions,
  header: BundleHeader,
  error: unknown,
): Promise<Reason> {
  if (!isKeptFileLost(error)) return reasonOf(error, ofBundles);
  const { kept, registration: registrationDigest, window: windowDigest } = header;
  const claim = { registrationDigest, windowDigest, kept: kept === null ? null : `${kept}` };
  const prospect = await withBooks((books) => books.beginVerdict(claim));
  if (prospect.kind === 'open') throw error;
  return { code: prospect.refusal.code, text: prospect.refusal.message };
}

function reasonOfOutcome(
  outcome: Exclude<Outcome, { kind: 'accepted' }>,
  reason: Reason | null,
): Reason {
  if (outcome.kind === 'rejected') return reason!;
  return { code: outcome.refusal.code, text: outcome.refusal.message };
}
