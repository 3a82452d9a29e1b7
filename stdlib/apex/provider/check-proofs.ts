// The proofs of a file, each for the statement that the verifier has derived. They are the last thing that he looks at, and he stops at the
// first that does not verify.
import { compileCircuit } from '../../../compiler/compile.ts';
import { verifiersFor } from '../../../compiler/prover/estimate.ts';
import type { Statement } from '../../../compiler/prover/statement.ts';
import { verifyTiles, type TileClaim } from '../../../compiler/prover/verify-tiles.ts';
import { tileCount, type TileSet } from '../circuit/deal.ts';
import type { Shape, TileKind } from '../circuit/layout.ts';
import { contextOf, tileStatement, type PublicBlock, type Subject } from '../circuit/statement.ts';
import { unlearningTiles } from '../circuit/tile.ts';
import type { Plan } from '../documents/plan.ts';
import { silent, type Report } from '../report.ts';
import type { KeyStore } from './keys.ts';
import { refuse } from './refused.ts';

/** The tiles of a file and their proofs, whatever they prove of their blocks. */
export interface TileProofs<S> {
  readonly plan: Plan;
  readonly sets: readonly TileSet<S>[];
  /** In the order of the tiles, one for each. They can be decoded, and may be false. */
  readonly proofs: AsyncIterator<Uint8Array>;
  readonly keys?: KeyStore | undefined;
  readonly jobs?: number | undefined;
  readonly report?: Report | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface ProofClaim extends TileProofs<Shape> {
  readonly subject: Subject;
  /** The blocks that stand in the places of the tiles. */
  readonly proved: readonly PublicBlock[];
}

/** Refuses `bad-proof`. Other errors are the verifier's own. */
export type ProofChecker = (claim: ProofClaim) => Promise<void>;

export const checkProofs: ProofChecker = (claim) =>
  checkTileProofs(claim, unlearningTiles, (tile, places) =>
    tileStatement(
      contextOf(claim.subject, tile),
      places.map((place) => claim.proved[place]!),
    ),
  );

/**
 * Refuses `bad-proof`. Other errors are the verifier's own.
 * @param statementOf the statement of a tile with those blocks
 */
export async function checkTileProofs<S>(
  claim: TileProofs<S>,
  kind: TileKind<S>,
  statementOf: (tile: number, places: readonly number[]) => Statement,
): Promise<void> {
  const { sets, report = silent } = claim;
  const total = tileCount(sets);
  let done = 0;
  for (const set of sets) {
    const tell = (): void => report({ phase: 'proofs', done: ++done, total });
    await checkSet(claim, kind, set, statementOf, tell);
  }
}

/** Takes the proofs of one set's tiles. */
async function checkSet<S>(
  { plan, proofs, keys, jobs, signal }: TileProofs<S>,
  kind: TileKind<S>,
  { layout, first, tiles }: TileSet<S>,
  statementOf: (tile: number, places: readonly number[]) => Statement,
  tell: () => void,
): Promise<void> {
  const circuit = compileCircuit(kind.circuit(plan.step, layout));
  const key = await keys?.read(circuit);
  let refused: string | undefined;
  const { accepted, verificationKey } = await verifyTiles({
    circuit,
    ...(key === undefined ? {} : { key }),
    jobs: jobs ?? verifiersFor(tiles.length),
    ...(signal === undefined ? {} : { signal }),
    claims: claims(),
    untilRefused: true,
    onVerdict({ tile, findings: [finding] }) {
      if (finding) refused ??= `tile ${tile}: ${finding.message}`;
      else tell();
    },
  });
  if (refused !== undefined) refuse('bad-proof', refused);
  if (accepted !== tiles.length)
    refuse('bad-proof', `${accepted} of ${tiles.length} tiles have a proof`);
  if (key === undefined && verificationKey !== undefined)
    await keys?.write(circuit, verificationKey);

  async function* claims(): AsyncGenerator<TileClaim> {
    for (const [i, places] of tiles.entries()) {
      const next = await proofs.next();
      if (next.done) return;
      const tile = first + i;
      yield { tile, statement: statementOf(tile, places), proof: next.value };
    }
  }
}
