// Claims that a worker verifies together. If the worker dies of them, each is asked for alone: then it is known of which one
// it dies.
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { TileClaim, Verdict } from './tile-claim.ts';
import type { VerifyRequest, VerifyResult } from './verify-worker.ts';
import { attempts, giveUp } from './workers/crew.ts';
import { packTensors } from './workers/integers.ts';
import type { WorkerDied, WorkerProcess } from './workers/spawn.ts';

/** Deaths of a worker of itself on one claim alone, after which the claim is refused. */
const deathsToRefuse = 2;

export class ClaimBatch {
  /** Without a verdict yet, in order. */
  readonly #left: TileClaim[];
  readonly #verdicts: Verdict[] = [];
  /** How many claims a worker is asked for at once. */
  #together: number;
  /** On the first claim that is left, alone. */
  #deaths = 0;

  constructor(claims: readonly TileClaim[]) {
    this.#left = [...claims];
    this.#together = claims.length;
  }

  /** The verdicts on all claims. Throws WorkerDied; asked again, goes on from there. */
  async verify(worker: WorkerProcess): Promise<readonly Verdict[]> {
    while (this.#left.length > 0) {
      const claims = this.#left
        .slice(0, this.#together)
        .map(({ statement, proof }) => ({ statement: packTensors(statement), proof }));
      const request: VerifyRequest = { claims };
      const { findings } = await worker.ask<VerifyResult>(request);
      for (const each of findings) this.#settle(each);
    }
    return this.#verdicts;
  }

  /** The verdicts, where the death gave the last one; undefined to verify on. Throws `worker-died`. */
  died(death: WorkerDied): readonly Verdict[] | undefined {
    if (this.#together > 1) {
      this.#together = 1;
      return undefined;
    }
    this.#deaths++;
    // The system kills what takes too much memory; native code that gives up does otherwise.
    if (death.signal === 'SIGKILL') {
      if (this.#deaths >= attempts) giveUp(`tile ${this.#left[0]!.tile}`, death);
    } else if (this.#deaths >= deathsToRefuse)
      this.#settle([{ code: 'verifier-died', message: death.message }]);
    return this.#left.length === 0 ? this.#verdicts : undefined;
  }

  /** What is found of the first claim that is left. */
  #settle(findings: readonly Diagnostic[]): void {
    const { tile } = this.#left.shift()!;
    this.#verdicts.push({ tile, findings });
    this.#deaths = 0;
  }
}
