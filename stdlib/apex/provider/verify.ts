// Verifying a bundle against the provider's books: the window is signed and issued, the registration is not younger than the window, its
// client has signed the bundle, the leaves are those of the registered root, every block with a live position has one commitment, and
// every proof holds.
import { compileCircuit } from '../../../compiler/compile.ts';
import { isLetheError } from '../../../compiler/diagnostics/diagnostic.ts';
import { verifiersFor } from '../../../compiler/prover/estimate.ts';
import { verifyTiles, type TileClaim } from '../../../compiler/prover/verify-tiles.ts';
import type { Books, Claim, Outcome, Prospect, Reason } from '../books/index.ts';
import type { BundleHeader } from '../bundle/header.ts';
import { Bundle } from '../bundle/read.ts';
import { tileCount, type TileSet } from '../circuit/deal.ts';
import { contextOf, tileStatement } from '../circuit/statement.ts';
import { tileCircuit } from '../circuit/tile.ts';
import type { Elements } from '../commitments/elements.ts';
import { liveBlocks } from '../documents/history.ts';
import { planDigest, type Plan } from '../documents/plan.ts';
import { parseRegistration } from '../documents/registration.ts';
import { receiptDigest } from '../documents/receipt.ts';
import { parseWindow, windowDigest } from '../documents/window.ts';
import { silent, type Report } from '../report.ts';
import { checkBundle, repeated, type CheckedBundle, type KeptAnswer } from './check-bundle.ts';
import { receiptOf } from './enroll.ts';
import type { KeyStore } from './keys.ts';
import { sweep, type Kept } from './kept.ts';
import { Refused, refuse } from './refused.ts';

export interface VerifyOptions extends Kept {
  readonly plan: Plan;
  readonly books: Books;
  /** The bundle's file. */
  readonly file: string;
  /** The key of a circuit, where it was kept, and where to keep it; it is trusted. */
  readonly keys?: KeyStore;
  readonly jobs?: number;
  readonly report?: Report;
  readonly signal?: AbortSignal;
}

export interface VerifiedBundle {
  readonly accepted: boolean;
  /** Why it is refused. */
  readonly reason?: Reason;
  readonly warnings: readonly string[];
  /** Absent where not even the header could be read; then nothing was entered in the books. */
  readonly header?: BundleHeader;
  readonly tiles: number;
}

/** More than any reason needs; the books hold 4096 characters. */
const maxText = 1000;

/** Every judged bundle is entered in the books, but for one that was accepted before. Throws only where the verifier himself fails. */
export async function verifyBundle(options: VerifyOptions): Promise<VerifiedBundle> {
  const { books, file, commitments: store } = options;
  let bundle: Bundle;
  try {
    bundle = await Bundle.open(file);
  } catch (error) {
    return { accepted: false, reason: reasonOf(error), warnings: [], tiles: 0 };
  }
  try {
    const { header } = bundle;
    const warnings: string[] = [];
    let reason: Reason | null = null;
    const written: string[] = [];
    const start = performance.now();
    const claim: Claim = {
      bundleDigest: await bundle.digest(),
      registrationDigest: header.registration,
      windowDigest: header.window,
      kept: header.kept === null ? null : `${header.kept}`,
    };
    const { tiles } = header;
    const prospect = await books.beginVerdict(claim);
    if (prospect.kind === 'replayed') {
      // The first verdict stands; a second one would say nothing new.
      const { code, message } = prospect.refusal;
      return { accepted: false, reason: { code, text: message }, warnings, header, tiles };
    }
    try {
      const commitments = await judge(options, bundle, prospect, warnings);
      // Before the books name its root: a crash between the two leaves one file too many, never one too few.
      written.push(`${header.after}`);
      await store.write(`${header.after}`, commitments.all());
    } catch (error) {
      reason = reasonOf(error);
    }
    const seconds = (performance.now() - start) / 1000;
    const outcome = await books.recordVerdict({
      ...claim,
      accepted: reason === null,
      reason,
      rootAfter: `${header.after}`,
      measured: { seconds, bytes: bundle.size, proved: header.proved, tiles, warnings },
    });
    if (prospect.kind === 'open')
      await sweep(options, books, prospect.registration.client, written);
    return { ...finalReason(outcome, reason), warnings, header, tiles };
  } finally {
    await bundle.close();
  }
}

function finalReason(
  outcome: Outcome,
  reason: Reason | null,
): Pick<VerifiedBundle, 'accepted' | 'reason'> {
  if (outcome.kind === 'accepted') return { accepted: true };
  if (outcome.kind === 'rejected') return { accepted: false, reason: reason! };
  return { accepted: false, reason: { code: outcome.refusal.code, text: outcome.refusal.message } };
}

/** What an error says of the bundle; other errors are the verifier's own. */
function reasonOf(error: unknown): Reason {
  if (error instanceof Refused) return shortened(error.reason);
  if (isLetheError(error)) {
    const [first] = error.diagnostics;
    const bundles = ['bad-bundle', 'forged-bundle', 'bad-coverage', 'bad-opening'];
    if (first && bundles.includes(first.code))
      return shortened({ code: first.code, text: first.message });
  }
  throw error;
}

/** What comes from the bundle may be of any length, and hold what no database takes. */
const shortened = ({ code, text }: Reason): Reason => ({
  code,
  text: text.slice(0, maxText).replace(/[\0\p{Surrogate}]/gu, ' '),
});

/** Returns the commitments of all blocks with a live position. */
async function judge(
  options: VerifyOptions,
  bundle: Bundle,
  prospect: Prospect,
  warnings: string[],
): Promise<Elements> {
  const { plan, report = silent } = options;
  const { header } = bundle;
  if (header.plan !== planDigest(plan))
    refuse('other-plan', 'the bundle was made under another plan');
  if (prospect.kind !== 'open') return refuse(prospect.refusal.code, prospect.refusal.message);
  const { registration: entry, current } = prospect;
  const registration = parseRegistration(entry.document, 'the registration in the books');
  await bundle.verifySignature(registration.signer);
  const window = parseWindow(prospect.window.document, 'the window in the books', plan);
  if (windowDigest(window) !== header.window || window.epoch !== prospect.window.epoch)
    refuse('forged-window', 'the window in the books is not the one that was signed');
  if (header.receipt !== receiptDigest(await receiptOf(plan, options.books, entry)))
    refuse('other-receipt', 'the bundle was made with another receipt than the books give');

  const checked = await checkBundle(bundle, {
    plan,
    root: registration.root,
    blocks: liveBlocks(plan, window.history, entry.epoch),
    kept: await keptAnswer(options, entry.epoch, header.kept === null ? undefined : current),
    leavesAt:
      plan.keeps === 'leaves'
        ? (positions) => options.leaves.read(entry.digest, positions)
        : undefined,
    report,
  });
  warnings.push(...repeated(checked));
  await checkProofs(options, header, checked);
  return checked.commitments;
}

/** The answer that was accepted last; its root is that of the header. */
async function keptAnswer(
  { plan, books, commitments }: VerifyOptions,
  epoch: number,
  current: Extract<Prospect, { kind: 'open' }>['current'],
): Promise<KeptAnswer | undefined> {
  if (!current) return undefined;
  const entry = await books.window(current.windowDigest);
  const { history } = parseWindow(entry!.document, 'the window in the books', plan);
  const blocks = liveBlocks(plan, history, epoch);
  // Without a block there is nothing to read: all clients share that root, and with it the file.
  const kept = blocks.length > 0 ? await commitments.read(current.root, blocks.length) : [];
  return { blocks, commitments: kept };
}

async function checkProofs(
  options: VerifyOptions,
  header: BundleHeader,
  checked: CheckedBundle,
): Promise<void> {
  const { report = silent } = options;
  const total = tileCount(checked.sets);
  const proofs = checked.body.proofs();
  let done = 0;
  for (const set of checked.sets)
    await checkSet(options, header, checked, set, proofs, () =>
      report({ phase: 'proofs', done: ++done, total }),
    );
  // No byte may follow the last proof.
  if (!(await proofs.next()).done) refuse('bad-coverage', 'there are more proofs than tiles');
  if (done !== total) refuse('bad-coverage', `${done} of ${total} tiles have a proof`);
}

/** Takes the proofs of one set's tiles. */
async function checkSet(
  { plan, keys, jobs, signal }: VerifyOptions,
  header: BundleHeader,
  { proved }: CheckedBundle,
  { layout, first, tiles }: TileSet,
  proofs: AsyncIterator<Uint8Array>,
  tell: () => void,
): Promise<void> {
  const circuit = compileCircuit(tileCircuit(plan.step, layout));
  const key = await keys?.read(circuit);
  let reason: Reason | undefined;
  const { verificationKey } = await verifyTiles({
    circuit,
    ...(key === undefined ? {} : { key }),
    jobs: jobs ?? verifiersFor(tiles.length),
    ...(signal === undefined ? {} : { signal }),
    claims: claims(),
    onVerdict({ tile, findings }) {
      tell();
      const [finding] = findings;
      if (finding) reason ??= { code: 'bad-proof', text: `tile ${tile}: ${finding.message}` };
    },
  });
  if (key === undefined && verificationKey !== undefined)
    await keys?.write(circuit, verificationKey);
  if (reason) refuse(reason.code, reason.text);

  async function* claims(): AsyncGenerator<TileClaim> {
    for (const [i, places] of tiles.entries()) {
      const next = await proofs.next();
      if (next.done) return;
      const tile = first + i;
      const blocks = places.map((place) => proved[place]!);
      yield { tile, statement: tileStatement(contextOf(header, tile), blocks), proof: next.value };
    }
  }
}
