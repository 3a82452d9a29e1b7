// Claims that a worker verifies together. If the worker dies of them, each is asked for alone: then it is known of which one
// it dies. Where it is enough to know that one is refused, they stay together, and cost no more than if all were accepted.
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { TileClaim, Verdict } from './tile-claim.ts';
import type { VerifyRequest, VerifyResult } from './verify-worker.ts';
import { attempts, giveUp } from './workers/crew.ts';
import { packTensors } from './workers/integers.ts';
import type { WorkerDied, WorkerProcess } from './workers/spawn.ts';

/** Deaths of a worker of itself on the same claims, after which they are refused. */
const deathsToRefuse = 2;

export class ClaimBatch {
  /** Without a verdict yet, in order. */
  readonly #left: TileClaim[];
  readonly #verdicts: Verdict[] = [];
  /** How many claims a worker is asked for at once. */
  #together: number;
  /** On the claims that are asked for at once, where they stay together; otherwise on the first that is left, alone. */
  #deaths = 0;
  #refused = false;

  constructor(
    claims: readonly TileClaim[],
    private readonly untilRefused = false,
  ) {
    this.#left = [...claims];
    this.#together = claims.length;
  }

  /** The verdicts on all claims, or those up to the first that is refused. Throws WorkerDied; asked again, goes on from there. */
  async verify(worker: WorkerProcess): Promise<readonly Verdict[]> {
    while (!this.#done) {
      const claims = this.#left
        .slice(0, this.#together)
        .map(({ statement, proof }) => ({ statement: packTensors(statement), proof }));
      const request: VerifyRequest = { claims, untilRefused: this.untilRefused };
      const result = await worker.ask<VerifyResult>(request);
      if ('refused' in result) this.#settle(result.refused.findings, result.refused.at);
      else for (const each of result.findings) this.#settle(each);
    }
    return this.#verdicts;
  }

  /** The verdicts, where the death gave the last one; undefined to verify on. Throws `worker-died`. */
  died(death: WorkerDied): readonly Verdict[] | undefined {
    if (this.#together > 1 && !this.untilRefused) {
      this.#together = 1;
      return undefined;
    }
    this.#deaths++;
    // The system kills what takes too much memory; native code that gives up does otherwise.
    if (death.signal === 'SIGKILL') {
      if (this.#deaths >= attempts) giveUp(`tile ${this.#left[0]!.tile}`, death);
    } else if (this.#deaths >= deathsToRefuse)
      this.#settle([{ code: 'verifier-died', message: death.message }]);
    return this.#done ? this.#verdicts : undefined;
  }

  get #done(): boolean {
    return this.#left.length === 0 || (this.untilRefused && this.#refused);
  }

  /** The findings on a claim that is left, those on the first one otherwise. */
  #settle(findings: readonly Diagnostic[], at = 0): void {
    const [{ tile }] = this.#left.splice(at, 1) as [TileClaim];
    this.#refused ||= findings.length > 0;
    this.#verdicts.push({ tile, findings });
    this.#deaths = 0;
  }
}
