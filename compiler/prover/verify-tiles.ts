// Verifies many proofs of one circuit in worker processes. Nothing in a claim can harm the parent: bytes that break
// native code end a worker, and the claim is refused.
import { availableParallelism } from 'node:os';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { LoweredProgram } from '../meanings/circuit.ts';
import type { TileProof } from './pool.ts';
import type { VerifierReady, VerifierStart, VerifyRequest, VerifyResult } from './verify-worker.ts';
import { circuitMessage } from './workers/circuit.ts';
import { attempts, giveUp, runCrew } from './workers/crew.ts';
import { packTensors } from './workers/integers.ts';
import { spawnWorker, type WorkerProcess } from './workers/spawn.ts';
import { threadsOf } from './workers/threads.ts';

/** What is said about one tile: untrusted. */
export interface TileClaim extends TileProof {
  readonly tile: number;
}

export interface Verdict {
  readonly tile: number;
  /** Why the claim is refused; empty when it is accepted. */
  readonly findings: readonly Diagnostic[];
}

export interface VerifyTiles {
  /** The verifier's own. */
  readonly circuit: LoweredProgram;
  /** Modules that define the circuit's hints, as for proving. */
  readonly imports?: readonly string[];
  /** The verification key of the circuit, as `trustedKey` reads it from a file; compiled by one worker otherwise. */
  readonly key?: string;
  /** Asked for one at a time, shortly before it is verified. */
  readonly claims: AsyncIterable<TileClaim> | Iterable<TileClaim>;
  /** Takes the verdicts, in the order in which they come. */
  readonly onVerdict: (verdict: Verdict) => Promise<void> | void;
  /** Worker processes; one for each core otherwise. */
  readonly jobs?: number;
  /** Kills the workers; `verifyTiles` then throws its reason. */
  readonly signal?: AbortSignal;
}

export interface VerifiedTiles {
  readonly accepted: number;
  readonly refused: number;
  /** Undefined where there was no claim, and no key was given. */
  readonly verificationKey: string | undefined;
}

/** Refuses a claim on which a worker dies of itself twice. */
const deaths = 2;

/**
 * A refused claim is a verdict, not an error. Throws `bad-key`, and `worker-died` when workers are killed from outside or
 * die before any claim.
 */
export async function verifyTiles(options: VerifyTiles): Promise<VerifiedTiles> {
  const { circuit, imports = [], claims, onVerdict, signal } = options;
  const jobs = options.jobs ?? availableParallelism();
  const message = circuitMessage(circuit, imports);
  const prepare = keyOnce(message, options.key);
  let [accepted, refused] = [0, 0];
  await runCrew<TileClaim, VerifyResult>({
    jobs,
    signal,
    tasks: each(claims),
    spawn: () => spawnWorker(import.meta.url, 'verify-worker', threadsOf(jobs)),
    prepare: prepare.worker,
    ask(worker, { statement, proof }) {
      const request: VerifyRequest = { statement: packTensors(statement), proof };
      return worker.ask<VerifyResult>(request);
    },
    async done({ tile }, { findings }) {
      if (findings.length === 0) accepted++;
      else refused++;
      await onVerdict({ tile, findings });
    },
    died({ tile }, death, attempt) {
      // The system kills what takes too much memory; native code that gives up does otherwise.
      if (death.signal === 'SIGKILL')
        return attempt < attempts ? undefined : giveUp(`tile ${tile}`, death);
      if (attempt < deaths) return undefined;
      return { findings: [{ code: 'verifier-died', message: death.message }] };
    },
  });
  return { accepted, refused, verificationKey: prepare.key() };
}

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

async function* each<T>(items: AsyncIterable<T> | Iterable<T>): AsyncGenerator<T> {
  yield* items;
}
