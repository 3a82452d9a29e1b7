// Verifies many proofs of one circuit in worker processes, many at once. Nothing in a claim can harm the parent: bytes that
// break native code end a worker, and the claim is refused.
import { availableParallelism } from 'node:os';
import type { LoweredProgram } from '../meanings/circuit.ts';
import { ClaimBatch } from './claim-batch.ts';
import type { TileClaim, Verdict } from './tile-claim.ts';
import type { VerifierReady, VerifierStart } from './verify-worker.ts';
import { batches, type BatchLimits } from './workers/batches.ts';
import { circuitMessage } from './workers/circuit.ts';
import { runCrew, type Crew } from './workers/crew.ts';
import { spawnWorker, type WorkerProcess } from './workers/spawn.ts';
import { threadsOf } from './workers/threads.ts';

export type { TileClaim, Verdict } from './tile-claim.ts';

export interface VerifyTiles {
  /** The verifier's own. */
  readonly circuit: LoweredProgram;
  /** Modules that define the circuit's hints, as for proving. */
  readonly imports?: readonly string[];
  /** The verification key of the circuit, as `trustedKey` reads it from a file; compiled by one worker otherwise. */
  readonly key?: string;
  /** Asked for one at a time, at most two batches for each worker before they are verified. */
  readonly claims: AsyncIterable<TileClaim> | Iterable<TileClaim>;
  /** Takes the verdicts, in the order in which they come. */
  readonly onVerdict: (verdict: Verdict) => Promise<void> | void;
  /** Worker processes; one for each core otherwise. */
  readonly jobs?: number;
  /** Stops at the first claim, or batch of claims, that is refused: no work is done to find out which of a batch it is. */
  readonly untilRefused?: boolean;
  /** Kills the workers; `verifyTiles` then throws its reason. */
  readonly signal?: AbortSignal;
}

export interface VerifiedTiles {
  readonly accepted: number;
  readonly refused: number;
  /** Undefined where there was no claim, and no key was given. */
  readonly verificationKey: string | undefined;
}

/** What a worker verifies at once, and what is kept of the claims at a time. */
const limits: BatchLimits<TileClaim> = {
  items: 64,
  bytes: 4 * 2 ** 20,
  // A field element takes up to 48 bytes as a bigint in an array.
  bytesOf: ({ statement, proof }) =>
    proof.length + [...statement.values()].reduce((sum, { length }) => sum + 48 * length, 0),
};

/**
 * A refused claim is a verdict, not an error. Throws `bad-key`, and `worker-died` when workers are killed from outside or
 * die before any claim.
 */
export async function verifyTiles(options: VerifyTiles): Promise<VerifiedTiles> {
  const { circuit, imports = [], claims, onVerdict, untilRefused = false, signal } = options;
  const jobs = options.jobs ?? availableParallelism();
  const message = circuitMessage(circuit, imports);
  const prepare = keyOnce(message, options.key);
  let [accepted, refused] = [0, 0];
  const crew: Crew<ClaimBatch, readonly Verdict[]> = {
    jobs,
    signal,
    tasks: claimBatches(claims, untilRefused),
    spawn: () => spawnWorker(import.meta.url, 'verify-worker', threadsOf(jobs)),
    prepare: prepare.worker,
    ask: (worker, batch) => batch.verify(worker),
    async done(_, verdicts) {
      for (const verdict of verdicts) {
        if (verdict.findings.length === 0) accepted++;
        else refused++;
        await onVerdict(verdict);
      }
      if (untilRefused && refused > 0) throw new Stopped();
    },
    died: (batch, death) => batch.died(death),
  };
  await runCrew(crew).catch((error: unknown) => {
    if (!(error instanceof Stopped)) throw error;
  });
  return { accepted, refused, verificationKey: prepare.key() };
}

/** Ends the work of all workers; nobody else sees it. */
class Stopped extends Error {}

/** The first worker makes the key, and the others wait for it. */
function keyOnce(
  circuit: VerifierStart['circuit'],
  key?: string,
): { worker: (worker: WorkerProcess) => Promise<void>; key: () => string | undefined } {
  let making: Promise<unknown> | undefined;
  const worker = async (worker: WorkerProcess): Promise<void> => {
    while (key === undefined && making) await making;
    const ready = worker.ask<VerifierReady>({ circuit, key });
    if (key === undefined) making = ready.catch(() => undefined).then(() => (making = undefined));
    ({ key } = await ready);
  };
  return { worker, key: () => key };
}

async function* claimBatches(
  claims: VerifyTiles['claims'],
  untilRefused: boolean,
): AsyncGenerator<ClaimBatch> {
  for await (const batch of batches(claims, limits)) yield new ClaimBatch(batch, untilRefused);
}
