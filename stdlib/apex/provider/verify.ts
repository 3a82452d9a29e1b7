// Verifying a bundle against the provider's books: the window is signed and issued, the registration is older, the commitments
// open the registered root, no other block has changed, and every tile's proof holds.
import { compileCircuit } from '../../../compiler/compile.ts';
import { systemDigest } from '../../../compiler/constraints/digest.ts';
import { isLetheError } from '../../../compiler/diagnostics/diagnostic.ts';
import type { LoweredProgram } from '../../../compiler/meanings/circuit.ts';
import { verifiersFor } from '../../../compiler/prover/estimate.ts';
import { verifyTiles, type TileClaim } from '../../../compiler/prover/verify-tiles.ts';
import type { Books, Claim, Outcome, Prospect, Reason } from '../books/index.ts';
import type { BundleHeader } from '../bundle/header.ts';
import { Bundle } from '../bundle/read.ts';
import { areTilesAllowed } from '../circuit/capacity.ts';
import { countsOf, deal, type Deal } from '../circuit/layout.ts';
import { tileCircuit } from '../circuit/tile.ts';
import { contextOf, tileStatement, type BlockLeaves } from '../circuit/tiles.ts';
import type { Tree } from '../commitments/tree.ts';
import { touchedBlocks, type TouchedBlock } from '../documents/mask.ts';
import { planDigest, type Plan } from '../documents/plan.ts';
import { parseWindow, windowDigest } from '../documents/window.ts';
import { silent, type Report } from '../report.ts';
import { checkCommitments, repeatedLeaves } from './check-commitments.ts';
import { Refused, refuse } from './refused.ts';
import { removeOld, type TreeStore } from './trees.ts';

export interface VerifyOptions {
  readonly plan: Plan;
  readonly books: Books;
  /** The bundle's file. */
  readonly file: string;
  /** Of the clients' commitments, where the plan says that the provider keeps them. */
  readonly trees?: TreeStore;
  /** The key of a circuit, where it was kept, and where to keep it; it is trusted. */
  readonly keys?: KeyStore;
  readonly jobs?: number;
  readonly report?: Report;
  readonly signal?: AbortSignal;
}

export interface KeyStore {
  read(circuit: LoweredProgram): Promise<string | undefined>;
  write(circuit: LoweredProgram, key: string): Promise<void>;
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
  const { books, file } = options;
  let bundle: Bundle;
  let bundleDigest: string;
  try {
    bundle = await Bundle.open(file);
  } catch (error) {
    return { accepted: false, reason: reasonOf(error), warnings: [], tiles: 0 };
  }
  try {
    const { header } = bundle;
    const warnings: string[] = [];
    let reason: Reason | null = null;
    let tree: Tree | undefined;
    const start = performance.now();
    try {
      bundleDigest = await bundle.digest();
    } catch (error) {
      return { accepted: false, reason: reasonOf(error), warnings: [], header, tiles: 0 };
    }
    const claim: Claim = {
      bundleDigest,
      registrationDigest: header.registration,
      windowDigest: header.window,
      rootBefore: `${header.root}`,
    };
    const { tiles } = header;
    const prospect = await books.beginVerdict(claim);
    if (prospect.kind === 'replayed') {
      // The first verdict stands; a second one would say nothing new.
      const { code, message } = prospect.refusal;
      return { accepted: false, reason: { code, text: message }, warnings, header, tiles };
    }
    try {
      tree = await judge(options, bundle, prospect, warnings);
    } catch (error) {
      reason = reasonOf(error);
    }
    // Before the books name its root: a crash between the two leaves one tree too many, never one too few.
    if (tree) await options.trees?.write(tree);
    const seconds = (performance.now() - start) / 1000;
    const outcome = await books.recordVerdict({
      ...claim,
      accepted: reason === null,
      reason,
      rootAfter: `${header.after}`,
      measured: { seconds, bytes: bundle.size, touched: header.touched, warnings },
    });
    if (tree && options.trees)
      await removeOld(options.trees, books, [`${header.root}`, `${tree.root}`]);
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
    const verifiers = [
      ...['worker-died', 'cannot-read', 'cannot-write', 'bad-key'],
      ...['no-tree', 'damaged-tree'],
    ];
    if (first && !verifiers.includes(first.code))
      return shortened({ code: first.code, text: first.message });
  }
  throw error;
}

/** What comes from the bundle may be of any length, and hold what no database takes. */
const shortened = ({ code, text }: Reason): Reason => ({
  code,
  text: text.slice(0, maxText).replace(/[\0\p{Surrogate}]/gu, ' '),
});

/** Returns the tree after, where the provider keeps it. */
async function judge(
  options: VerifyOptions,
  bundle: Bundle,
  prospect: Prospect,
  warnings: string[],
): Promise<Tree | undefined> {
  const { plan, trees, report = silent } = options;
  const { header } = bundle;
  if (header.plan !== planDigest(plan))
    refuse('other-plan', 'the bundle was made under another plan');
  if (prospect.kind !== 'open') return refuse(prospect.refusal.code, prospect.refusal.message);
  const window = parseWindow(prospect.window.document, 'the window in the books', plan.signer);
  if (windowDigest(window) !== header.window || window.epoch !== prospect.window.epoch)
    refuse('forged-window', 'the window in the books is not the one that was signed');
  if (header.unscoped !== prospect.current.unscoped)
    refuse('unscoped-changed', 'tensors out of scope have changed');

  const touched = touchedBlocks(plan.scope, window.mask.bits);
  if (header.touched !== touched.length)
    refuse(
      'bad-coverage',
      `the bundle covers ${header.touched} blocks, the mask touches ${touched.length}`,
    );
  if (!areTilesAllowed(plan.step, touched, header.tiles))
    refuse('bad-coverage', `${header.tiles} tiles for ${touched.length} blocks`);
  const dealt = deal(touched, header.tiles);
  const { leaves, tree } = await checkCommitments(plan, bundle, dealt, touched, {
    trees,
    current: prospect.current,
    report,
  });
  warnings.push(...repeatedLeaves(leaves));

  const circuit = compileCircuit(tileCircuit(plan.step, dealt.layout));
  if (systemDigest(circuit.system) !== header.circuit)
    refuse('other-circuit', 'the proofs are of another circuit than the plan says');
  await checkProofs(options, bundle, circuit, { dealt, touched, leaves });
  return tree;
}

/** What the tiles of a bundle cover. */
interface Covered {
  readonly dealt: Deal;
  readonly touched: readonly TouchedBlock[];
  readonly leaves: readonly BlockLeaves[];
}

async function checkProofs(
  { plan, keys, jobs, signal, report = silent }: VerifyOptions,
  bundle: Bundle,
  circuit: LoweredProgram,
  { dealt, touched, leaves }: Covered,
): Promise<void> {
  const { header } = bundle;
  const total = header.tiles;
  const key = await keys?.read(circuit);
  const phase = key === undefined ? 'proofs, after making the verification key once' : 'proofs';
  let done = 0;
  let first: Reason | undefined;
  report({ phase, done, total });
  const { verificationKey } = await verifyTiles({
    circuit,
    ...(key === undefined ? {} : { key }),
    jobs: jobs ?? verifiersFor(total),
    ...(signal === undefined ? {} : { signal }),
    claims: claims(),
    onVerdict({ tile, findings }) {
      report({ phase, done: ++done, total });
      const [finding] = findings;
      if (finding) first ??= { code: 'bad-proof', text: `tile ${tile}: ${finding.message}` };
    },
  });
  if (key === undefined && verificationKey !== undefined)
    await keys?.write(circuit, verificationKey);
  if (first) refuse(first.code, first.text);
  if (done !== total) refuse('bad-coverage', `${done} of ${total} tiles have a proof`);

  async function* claims(): AsyncGenerator<TileClaim> {
    let tile = 0;
    for await (const { proof } of bundle.tiles(countsOf(dealt), plan.keeps)) {
      const places = dealt.tiles[tile]!.map((place) =>
        place === undefined ? undefined : { ...leaves[place]!, mask: touched[place]!.mask },
      );
      const context = contextOf(header, tile);
      const statement = tileStatement(plan.step, dealt.layout, context, places);
      yield { tile: tile++, statement, proof };
    }
  }
}
