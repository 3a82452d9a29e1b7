// Documents that a client gets from an attacker between it and the provider: it keeps none of them.
import fc from 'fast-check';
import { atomicWrite } from '../../../../compiler/files/index.ts';
import { openState, saveReceipt } from '../../../../stdlib/apex/client/state.ts';
import { receiptFile } from '../../../../stdlib/apex/client/state-files.ts';
import { canonicalText } from '../../../../stdlib/apex/documents/canonical.ts';
import { challengeDocument, parseChallenge } from '../../../../stdlib/apex/documents/challenge.ts';
import {
  parseWindow,
  receiptDigest,
  receiptDocument,
  windowDocument,
} from '../../../../stdlib/apex/documents/index.ts';
import { receiptOf } from '../../../../stdlib/apex/provider/enroll.ts';
import { codeOf } from '../codes.ts';
import { expectCode } from './client-commands.ts';
import { Command, recent } from './command.ts';
import { Known } from './known.ts';
import { keyOf } from './pool.ts';
import type { Run } from './run.ts';

const kinds = [
  'receipt of another',
  'forged receipt',
  'forged window',
  'forged challenge',
] as const;

export interface PaperData {
  readonly kind: (typeof kinds)[number];
  readonly seat: number;
  readonly other: number;
}

/** Signs what only the provider may sign. */
const attacker = keyOf(1000);

export class PaperCommand extends Command<PaperData> {
  readonly name = 'paper';

  override check = (known: Readonly<Known>): boolean => known.seats.length > 0;

  override async act(known: Known, run: Run): Promise<string> {
    const { kind } = this.data;
    const code = await this.#codeOf(known, run);
    return `${kind}: ${code ?? 'nothing to send'}`;
  }

  async #codeOf(known: Known, run: Run): Promise<string | undefined> {
    const { kind, seat, other } = this.data;
    const { plan } = run;
    const [own, from] = [Known.at(known.seats, seat), Known.at(known.seats, other)];
    if (kind === 'forged window') {
      if (run.windows.length === 0) return undefined;
      const window = run.windows[Known.at(run.windows, other)]!;
      const text = canonicalText(windowDocument(window, attacker));
      return this.#refused(async () => void parseWindow(text, 'a window', plan), ['forged-window']);
    }
    if (kind === 'forged challenge') {
      const text = run.places[from]!.challenge;
      if (text === undefined) return undefined;
      const challenge = parseChallenge(text, 'a challenge', plan.signer);
      const forged = canonicalText(challengeDocument(challenge, attacker));
      const parse = async () => void parseChallenge(forged, 'a challenge', plan.signer);
      return this.#refused(parse, ['forged-challenge']);
    }
    const isForged = kind === 'forged receipt';
    const { digest } = known.seats[isForged ? own : from]!.paper;
    if (!isForged && digest === known.seats[own]!.paper.digest) return undefined;
    const entry = known.plain.entries.get(digest);
    if (!entry || known.seats[own]!.erased) return undefined;
    const receipt = await receiptOf(plan, run.books, entry);
    const document = receiptDocument(receipt, isForged ? attacker : run.providerKey);
    const state = await openState(run.places[own]!.folder);
    const save = async () => void (await saveReceipt(state, canonicalText(document), 'a receipt'));
    const code = await this.#refused(save, [isForged ? 'forged-receipt' : 'other-receipt']);
    const after = await openState(state.folder);
    if (receiptOfState(after) !== receiptOfState(state)) throw new Error('it was kept');
    return code;
  }

  async #refused(action: () => Promise<void>, codes: readonly string[]): Promise<string> {
    const code = await codeOf(action);
    expectCode(code === 'none' ? undefined : code, codes);
    return code;
  }
}

/**
 * A client that has changed its code answers without a receipt: it knows what the receipt would say, and no bundle shows who signed it.
 * The state gets one here.
 */
export class PresumeCommand extends Command<{ readonly seat: number }> {
  readonly name = 'presume';

  override check = (known: Readonly<Known>): boolean => known.seats.length > 0;

  override async act(known: Known, run: Run): Promise<string> {
    const index = Known.at(known.seats, this.data.seat);
    const seat = known.seats[index]!;
    const entry = known.plain.entries.get(seat.paper.digest);
    if (!entry || seat.erased || seat.receipt !== null) return 'nothing';
    const receipt = await receiptOf(run.plan, run.books, entry);
    const document = receiptDocument(receipt, run.providerKey);
    await atomicWrite(receiptFile(run.places[index]!.folder), canonicalText(document));
    seat.receipt = entry.epoch;
    return `a receipt of one that is ${entry.standing}`;
  }
}

const receiptOfState = ({ receipt }: Awaited<ReturnType<typeof openState>>): string | undefined =>
  receipt && receiptDigest(receipt);

export const paperCommand = fc
  .record<PaperData>({ kind: fc.constantFrom(...kinds), seat: recent, other: fc.nat(5) })
  .map((data) => new PaperCommand(data));

export const presumeCommand = fc.record({ seat: recent }).map((data) => new PresumeCommand(data));
