// Commands of the provider: a deed alone, killed on the way, or beside another one. After each the books are what the model says.
import fc from 'fast-check';
import { parseChallenge, challengeDigest } from '../../../../stdlib/apex/documents/challenge.ts';
import { openState, saveReceipt } from '../../../../stdlib/apex/client/state.ts';
import { Command, recent } from './command.ts';
import { agrees, foretell, isPossible, perform, told, type Deed, type Done } from './deeds.ts';
import { brokenLaws, differences, filesOf } from './compare.ts';
import { Known } from './known.ts';
import { fuse, Killed, mortal, takingTurns, yielding } from './points.ts';
import type { Outcome, Plain } from './plain.ts';
import type { Run } from './run.ts';

export const positions = fc.uniqueArray(fc.nat(15), { minLength: 1, maxLength: 4 });

export const deed: fc.Arbitrary<Deed> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('enroll' as const),
      seat: recent,
      replace: fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, fc.constant(true)),
      leaves: fc.oneof(
        { weight: 6, arbitrary: fc.constant('own' as const) },
        fc.constantFrom('other' as const, 'none' as const),
      ),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('issue' as const), positions }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('verify' as const), sheet: recent }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('link' as const), tie: recent }) },
);

/** Throws unless the provider has what the model says. */
export async function checkBooks(known: Known, run: Run): Promise<void> {
  const found = [
    ...(await differences(run, known.plain, known.litter)),
    ...brokenLaws(known.plain),
  ];
  if (found.length > 0) throw new Error(found.join('\n'));
}

/** The windows that the model has now are there for clients, too. */
function keepWindow(known: Known, run: Run, deed: Deed, before: Plain): void {
  if (known.plain.windows.length === run.windows.length) return;
  if (deed.kind === 'issue') run.windows.push(run.nextWindow(before, deed.positions));
}

/** The client keeps what the provider sends it. */
export async function keepDocument(
  known: Known,
  run: Run,
  index: number,
  { as, text }: Done,
): Promise<void> {
  const [seat, place] = [known.seats[index]!, run.places[index]!];
  const entry = known.plain.entries.get(seat.paper.digest)!;
  if (as === 'pending') {
    const challenge = parseChallenge(text!, 'the challenge', run.plan.signer);
    const digest = challengeDigest(challenge);
    const first = known.plain.challenges.get(seat.paper.digest) ?? digest;
    if (first !== digest) throw new Error('another nonce was drawn for a registration');
    known.plain.challenges.set(seat.paper.digest, digest);
    const linked = known.plain.linkedAnswer(entry)?.root ?? null;
    if (`${challenge.commitments}` !== `${linked}` || challenge.epoch !== entry.epoch)
      throw new Error('the challenge says another thing than the model');
    seat.challenge = digest;
    place.challenge = text!;
  } else if (!seat.erased) {
    const state = await openState(place.folder);
    await saveReceipt(state, text!, 'the receipt');
    seat.receipt = entry.epoch;
    if (seat.former !== null) known.seats[seat.former]!.erased = true;
  }
}

/** Who is sent something. */
function seatOf(known: Known, deed: Deed): number | undefined {
  if (deed.kind === 'enroll') return Known.at(known.seats, deed.seat);
  if (deed.kind !== 'link') return undefined;
  const { registration } = known.ties[Known.at(known.ties, deed.tie)]!;
  return known.seats.findIndex(({ paper }) => paper.digest === registration);
}

export interface DeedData {
  readonly deed: Deed;
  /** Whether what the provider sends to the client is lost on the way. */
  readonly lost: boolean;
}

/** A deed, and what the client keeps of it. */
export class DeedCommand extends Command<DeedData> {
  readonly name = 'deed';

  override check = (known: Readonly<Known>): boolean => isPossible(known, this.data.deed);

  override async act(known: Known, run: Run): Promise<string> {
    const { deed, lost } = this.data;
    const before = known.plain.clone();
    const outcome = foretell(known, run, known.plain, deed);
    const done = await perform(known, run, run.provider, deed);
    if (!agrees(outcome, done))
      throw new Error(`${done.as}, where the model says ${told(outcome)}`);
    keepWindow(known, run, deed, before);
    await checkBooks(known, run);
    const seat = seatOf(known, deed);
    if (seat !== undefined && outcome.kind === 'done' && !lost)
      await keepDocument(known, run, seat, done);
    return `${deed.kind}: ${done.as}`;
  }
}

export interface KillData {
  readonly deed: Deed;
  /** Points that it passes. */
  readonly after: number;
}

/** A deed in which the provider is killed: it was done, or nothing was. It may be done again. */
export class KillCommand extends Command<KillData> {
  readonly name = 'kill';

  override check = (known: Readonly<Known>): boolean => isPossible(known, this.data.deed);

  override async act(known: Known, run: Run): Promise<string> {
    const { deed, after } = this.data;
    const before = known.plain.clone();
    const done = known.plain.clone();
    const outcome = foretell(known, run, done, deed);
    const provider = mortal(run.provider, fuse(after));
    const result = await perform(known, run, provider, deed).catch((error: unknown) => {
      if (error instanceof Killed) return undefined;
      throw error;
    });
    if (result && !agrees(outcome, result))
      throw new Error(`${result.as}, where the model says ${told(outcome)}`);
    if (!result) await this.#keepLitter(known, run);
    const candidates = result ? [done] : [before, done];
    const seen: string[] = [];
    for (const plain of candidates) {
      const found = await differences(run, plain, known.litter);
      if (found.length > 0) {
        seen.push(found.join('\n'));
        continue;
      }
      known.plain = plain;
      keepWindow(known, run, deed, before);
      return `${deed.kind}: ${result ? 'finished' : plain === done ? 'killed after' : 'killed before'}`;
    }
    throw new Error(`neither before nor after:\n${seen.join('\nor\n')}`);
  }

  /** One file too many may be left, of a document that was shown to the provider. */
  async #keepLitter(known: Known, run: Run): Promise<void> {
    const possible = new Set([
      ...known.seats.map(({ paper }) => `leaves/${paper.digest}.leaves`),
      ...known.sheets.map(({ after }) => `commitments/${after}.bin`),
    ]);
    const there = [...(await filesOf(run))];
    known.litter = new Set([...known.litter, ...there.filter((file) => possible.has(file))]);
  }
}

export interface TwoData {
  readonly deeds: readonly [Deed, Deed];
  readonly schedule: readonly (0 | 1)[];
}

/** Two deeds at once come out as if one had been done after the other. */
export class TwoCommand extends Command<TwoData> {
  readonly name = 'two';

  override check = (known: Readonly<Known>): boolean =>
    this.data.deeds.every((each) => isPossible(known, each));

  override async act(known: Known, run: Run): Promise<string> {
    const { deeds, schedule } = this.data;
    const [a, b] = deeds;
    const before = known.plain.clone();
    const does = (each: Deed) => (point: () => Promise<void>) =>
      perform(known, run, yielding(run.provider, point), each);
    const [x, y] = await takingTurns([does(a), does(b)], schedule);
    const seen: string[] = [];
    for (const { plain, outcomes, issued } of this.#orders(known, run, before, [x, y])) {
      const wanted = outcomes.map(told).join(' and ');
      if (!agrees(outcomes[0], x) || !agrees(outcomes[1], y)) {
        seen.push(wanted);
        continue;
      }
      const found = await differences(run, plain, known.litter);
      if (found.length > 0) {
        seen.push(`${wanted}, but ${found.join('\n')}`);
        continue;
      }
      known.plain = plain;
      run.windows.push(...issued);
      return `${a.kind} beside ${b.kind}: ${x.as}, ${y.as}`;
    }
    throw new Error(`${x.as} and ${y.as}, where the model says\n${seen.join('\nor\n')}`);
  }

  /** One after the other; and where both issue windows, the second may have to begin again. */
  *#orders(
    known: Known,
    run: Run,
    before: Plain,
    [x, y]: readonly [Done, Done],
  ): Generator<{ plain: Plain; outcomes: [Outcome, Outcome]; issued: Run['windows'] }> {
    const stale: Outcome = { kind: 'refused', codes: ['stale-window'] };
    for (const order of [
      [0, 1],
      [1, 0],
    ] as const) {
      const plain = before.clone();
      const outcomes: [Outcome, Outcome] = [stale, stale];
      const issued: Run['windows'] = [];
      for (const [place, index] of order.entries()) {
        const own = this.data.deeds[index]!;
        const late = place === 1 && [x, y][index]!.as === 'stale-window';
        if (late && this.data.deeds.every(({ kind }) => kind === 'issue')) continue;
        const count = plain.windows.length;
        const window = own.kind === 'issue' ? run.nextWindow(plain, own.positions) : undefined;
        outcomes[index] = foretell(known, run, plain, own);
        if (window && plain.windows.length > count) issued.push(window);
      }
      yield { plain, outcomes, issued };
    }
  }
}

export const providerCommands = [
  fc
    .record({
      deed,
      lost: fc.oneof({ weight: 6, arbitrary: fc.constant(false) }, fc.constant(true)),
    })
    .map((data) => new DeedCommand(data)),
  fc.record({ deed, after: fc.nat(24) }).map((data) => new KillCommand(data)),
  fc
    .record({
      deeds: fc.tuple(deed, deed),
      schedule: fc.array(fc.constantFrom(0 as const, 1 as const), { maxLength: 8 }),
    })
    .map((data) => new TwoCommand(data)),
] as const;
