// The state of each client by the books.
import type { Books, Commitment, EnteredBy, Status } from '../books/index.ts';
import { deadPositions, noHistory, uncompensatedCount } from '../documents/history.ts';
import type { Plan } from '../documents/plan.ts';
import { lastWindow } from './window.ts';

export interface ClientStatus {
  readonly client: string;
  /** Digest of the current registration. */
  readonly registration: string;
  /** How it became current. */
  readonly entered: EnteredBy;
  /** In which it was entered. */
  readonly epoch: number;
  /** How many windows it has answered. */
  readonly answered: number;
  /** The last accepted answer: its root over all c_b, and its window. */
  readonly current: Commitment | undefined;
  /** How many positions are dead for it. */
  readonly dead: number;
  /** How many of them it has not compensated for. */
  readonly uncompensated: number;
  /** The registration that waits for its link. */
  readonly pending: PendingStatus | null;
}

export interface PendingStatus {
  /** Its digest. */
  readonly registration: string;
  readonly epoch: number;
  /** Digest of its challenge; null until the nonce is drawn. */
  readonly challenge: string | null;
}

export interface ProviderStatus extends Status {
  /** How many positions are masked. */
  readonly masked: number;
  readonly perClient: readonly ClientStatus[];
}

export async function providerStatus(plan: Plan, books: Books): Promise<ProviderStatus> {
  const history = (await lastWindow(plan, books))?.history ?? noHistory;
  const epochs = new Map((await books.windows()).map(({ digest, epoch }) => [digest, epoch]));
  const perClient = (await books.standings()).map(
    ({ registration, answered, current, pending }) => {
      const { client, digest, epoch, windowDigest, entered } = registration;
      return {
        client,
        registration: digest,
        entered: entered!,
        epoch,
        answered,
        current,
        dead: deadPositions(plan, history, epoch).length,
        uncompensated: uncompensatedCount(plan, history, {
          compensated: epochs.get(windowDigest ?? '') ?? 0,
          epoch,
        }),
        pending: pending
          ? {
              registration: pending.registration.digest,
              epoch: pending.registration.epoch,
              challenge: pending.challenge?.digest ?? null,
            }
          : null,
      };
    },
  );
  return { ...(await books.status()), masked: history.positions.length, perClient };
}
