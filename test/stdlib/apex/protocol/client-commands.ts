// Commands of clients, honest ones and others: states come to be, answer windows, and go.
import fc from 'fast-check';
import { createHash, type KeyObject } from 'node:crypto';
import { isLetheError } from '../../../../compiler/diagnostics/diagnostic.ts';
import { currentWeights } from '../../../../stdlib/apex/client/export.ts';
import { eraseState } from '../../../../stdlib/apex/client/erase.ts';
import { sendLeaves } from '../../../../stdlib/apex/client/send-leaves.ts';
import { clientKey, openState, type State } from '../../../../stdlib/apex/client/state.ts';
import {
  hasConsent,
  publicKeyOf,
  registrationDigest,
} from '../../../../stdlib/apex/documents/index.ts';
import { Bundle } from '../../../../stdlib/apex/bundle/read.ts';
import { register } from '../../../../stdlib/apex/index.ts';
import { answerWindow, proveAnswer, type Stop } from './answering.ts';
import { Command, recent } from './command.ts';
import { Known, type Seat } from './known.ts';
import type { Sheet } from './plain.ts';
import { copyMember, firsts, keyOf, weights } from './pool.ts';
import type { BundleFile, Run } from './run.ts';

const mostly = <T>(usual: T, ...others: T[]): fc.Arbitrary<T> =>
  fc.oneof({ weight: 4, arbitrary: fc.constant(usual) }, fc.constantFrom(usual, ...others));

/** The code of the error that it throws, or what it returns. */
export async function codeOf<T>(action: () => Promise<T>): Promise<T | string> {
  try {
    return await action();
  } catch (error) {
    if (isLetheError(error)) return error.diagnostics[0]!.code;
    throw error;
  }
}

/** The codes of the rules that were broken; a client refuses for one of them, and not without. */
export function expectCode(found: unknown, codes: readonly string[]): void {
  const code = typeof found === 'string' ? found : undefined;
  if (code === undefined ? codes.length > 0 : !codes.includes(code))
    throw new Error(`${code ?? 'done'}, where the model says ${codes.join(' or ') || 'done'}`);
}

/** The state has a seat from now on. */
async function take(
  known: Known,
  run: Run,
  state: State,
  own: Pick<Seat, 'former' | 'continues'> & { consents: KeyObject | undefined },
): Promise<void> {
  const { registration, folder } = state;
  const { client, root, signer, unscoped, window, replaces } = registration;
  const consents = own.consents === undefined ? null : publicKeyOf(own.consents);
  if (consents !== null && !hasConsent(registration, consents))
    throw new Error('the consent is not that of the key that gave it');
  const leaves = `${folder}.leaves`;
  if (run.plan.keeps === 'leaves') await sendLeaves(state, leaves);
  known.seats.push({
    paper: {
      ...{ digest: registrationDigest(registration), client, root: `${root}` },
      ...{ signer, unscoped, window, replaces, consents },
    },
    ...{ former: own.former, continues: own.continues },
    ...{ receipt: null, challenge: null, erased: false, answers: [] },
  });
  const key = await clientKey(state);
  run.places.push({ folder, registration, key, salt: state.unscopedSalt, leaves });
}

export interface EnlistData {
  /** That of the registration that is replaced stands in the place of the first. */
  readonly name: 'ada' | 'bob' | 'Ada';
  readonly member: number;
  /** The seat whose registration it says to replace; null for a first one. */
  readonly replaces: number | null;
  /** Whose key consents to that. */
  readonly consent: 'former' | 'own';
  /** Whether the salt of the former registration is taken on. */
  readonly salt: 'former' | 'own';
  readonly window: 'last' | 'first' | 'none';
}

/** A registration of copied numbers, by a client that says what it likes. */
export class EnlistCommand extends Command<EnlistData> {
  readonly name = 'enlist';

  override check = (known: Readonly<Known>): boolean =>
    this.data.replaces === null || known.seats.length > 0;

  override async act(known: Known, run: Run): Promise<string> {
    const { name, member, replaces, consent, salt, window } = this.data;
    const number = known.seats.length;
    const former = replaces === null ? undefined : known.pick(replaces, false);
    const place = former === undefined ? undefined : run.places[former]!;
    const key = keyOf(number);
    // A name of another case is the same name.
    const client = place && name === 'ada' ? place.registration.client : name;
    const consents = place && (consent === 'former' ? place.key : key);
    const own = createHash('sha256').update(`salt ${number}`).digest('hex');
    const digest = {
      last: known.plain.windows.at(-1),
      first: known.plain.windows[0],
      none: undefined,
    };
    const named = digest[window];
    const state = await copyMember(run.members[Known.at(run.members, member)]!, {
      ...{ folder: run.fresh('state'), plan: run.plan, client, key },
      salt: place && salt === 'former' ? place.salt : own,
      window: named === undefined ? undefined : run.windowOf(named),
      replaces: former === undefined ? null : known.seats[former]!.paper.digest,
      consent: consents,
      former: place?.folder ?? null,
    });
    await take(known, run, state, { former: former ?? null, continues: false, consents });
    return replaces === null ? 'first' : `replaces, ${consent} consent`;
  }
}

export interface ContinueData {
  readonly seat: number;
  /** Also one that cannot answer. */
  readonly anyone: boolean;
  readonly member: number;
}

/** An honest client that registers anew: `register` itself, which refuses early. */
export class ContinueCommand extends Command<ContinueData> {
  readonly name = 'continue';

  override check = (known: Readonly<Known>): boolean => known.seats.length > 0;

  override async act(known: Known, run: Run): Promise<string> {
    const index = known.pick(this.data.seat, this.data.anyone);
    const [seat, place] = [known.seats[index]!, run.places[index]!];
    const { model, gradients } = run.members[Known.at(run.members, this.data.member)]!;
    const window = run.windows.at(-1);
    const found = await codeOf(() =>
      register({
        ...{ plan: run.plan, client: seat.paper.client, model, gradients },
        ...{ damping: { relative: 1 }, folder: run.fresh('state'), jobs: 0 },
        ...(window ? { window } : {}),
        replaces: place.folder,
      }),
    );
    expectCode(found, this.#codes(known, seat));
    if (typeof found === 'string') return found;
    const consents = place.key;
    await take(known, run, found, { former: index, continues: true, consents });
    return 'registered';
  }

  #codes(known: Known, seat: Seat): string[] {
    const { plan, windows } = known.plain;
    if (seat.erased) return ['no-state'];
    const codes: string[] = [];
    if (plan.reregister === 'never') codes.push('no-reregistration');
    if (seat.receipt === null) codes.push('no-receipt');
    else if (plan.reregister === 'linked' && windows.length >= seat.receipt)
      if (seat.answers.at(-1)?.window !== windows.at(-1)) codes.push('unanswered-window');
    return codes;
  }
}

export interface AnswerData {
  readonly seat: number;
  /** Also one that cannot answer. */
  readonly anyone: boolean;
  readonly window: number;
  readonly anew: boolean;
  readonly stop: Stop;
}

/** A client answers a window, with marks in place of proofs. It may be killed on the way. */
export class AnswerCommand extends Command<AnswerData> {
  readonly name = 'answer';

  override check = (known: Readonly<Known>): boolean =>
    known.seats.length > 0 && known.plain.windows.length > 0;

  override async act(known: Known, run: Run): Promise<string> {
    const { anew, stop } = this.data;
    const index = known.pick(this.data.seat, this.data.anyone);
    const [seat, place] = [known.seats[index]!, run.places[index]!];
    const { windows } = known.plain;
    const epoch = Known.at(windows, this.data.window) + 1;
    const window = run.windows[epoch - 1]!;
    const file = run.fresh('bundle');
    const found = await codeOf(() =>
      (run.proves ? proveAnswer : answerWindow)({
        folder: place.folder,
        window,
        anew,
        stop,
        out: file,
      }),
    );
    expectCode(found, codesOf(seat, epoch));
    // Whoever has a receipt has no need of the former state.
    if (!seat.erased && seat.receipt !== null && seat.former !== null)
      known.seats[seat.former]!.erased = true;
    if (typeof found === 'string') return found;
    if (found === undefined) return `stopped when it was ${stop}`;
    await keepBundle(known, run, { file, forged: found, flaws: [] });
    const sheet = known.sheets.at(-1)!;
    const { kept, again } = keptBy(seat, sheet.window, anew);
    if (sheet.kept !== kept) throw new Error(`it keeps from ${sheet.kept}, the model from ${kept}`);
    if (again && sheet.after !== again.root) throw new Error('it is not the answer that it was');
    if (stop === 'saved' && !again) {
      const others = seat.answers.filter((each) => each.window !== sheet.window);
      const own = { window: sheet.window, epoch, kept: sheet.kept, root: sheet.after };
      seat.answers.splice(0, Infinity, ...others, own);
      await checkZeros(known, place.folder, epoch);
    }
    return again ? 'again' : `${kept === null ? 'all' : 'changed'} blocks, ${stop}`;
  }
}

/** Why a client does not answer a window. */
function codesOf({ erased, receipt, answers }: Seat, epoch: number): string[] {
  if (erased) return ['no-state'];
  if (receipt === null) return ['no-receipt'];
  const codes: string[] = [];
  if (epoch < receipt) codes.push('late-registration');
  if (epoch < (answers.at(-1)?.epoch ?? 0)) codes.push('older-window');
  return codes;
}

/** The part that an answer keeps of the one before, and the same answer where it was given. */
function keptBy({ answers }: Seat, window: string, anew: boolean) {
  const last = answers.at(-1);
  const same = last?.window === window ? last : undefined;
  const again = anew && same?.kept !== null ? undefined : same;
  const before = same ? answers.at(-2) : last;
  const keeps = before && (again ? again.kept !== null : !anew);
  return { kept: keeps ? before.root : null, again };
}

/** The bundle has a sheet from now on. */
export async function keepBundle(
  known: Known,
  run: Run,
  bundle: BundleFile,
  byteFlaws: Sheet['flaws'] = [],
): Promise<void> {
  const { header, key } = bundle.forged;
  const open = await Bundle.open(bundle.file);
  const digest = await open.digest().finally(() => open.close());
  known.sheets.push({
    ...{ digest, registration: header.registration, window: header.window },
    kept: header.kept === null ? null : `${header.kept}`,
    after: `${header.after}`,
    signer: publicKeyOf(key),
    flaws: [...bundle.flaws, ...byteFlaws],
  });
  run.bundles.push(bundle);
}

/** θ_u of the last answer is 0 wherever a window up to this epoch has masked. */
async function checkZeros({ plain }: Known, folder: string, epoch: number): Promise<void> {
  const own = await currentWeights(await openState(folder));
  const all: number[] = [];
  for (let block = 0; block < firsts.length; block++) all.push(...(await own.block(block)));
  await own.close();
  if (all.length !== weights) throw new Error(`${all.length} weights`);
  for (const [position, first] of plain.masked)
    if (first <= epoch && all[position] !== 0)
      throw new Error(`weight ${position} is ${all[position]}, and was masked in epoch ${first}`);
}

/** A client removes all that it has of a registration. */
export class EraseCommand extends Command<{ readonly seat: number }> {
  readonly name = 'erase';

  override check = (known: Readonly<Known>): boolean => known.seats.length > 0;

  override async act(known: Known, run: Run): Promise<string> {
    const index = Known.at(known.seats, this.data.seat);
    const seat = known.seats[index]!;
    const found = await codeOf(() => eraseState(run.places[index]!.folder));
    expectCode(found, seat.erased ? ['no-state'] : []);
    seat.erased = true;
    return typeof found === 'string' ? found : 'erased';
  }
}

export const clientCommands = [
  fc
    .record<EnlistData>({
      name: mostly('ada', 'bob', 'Ada'),
      member: fc.nat(2),
      replaces: fc.option(recent, { freq: 2 }),
      consent: mostly('former', 'own'),
      salt: mostly('former', 'own'),
      window: mostly('last', 'first', 'none'),
    })
    .map((data) => new EnlistCommand(data)),
  fc
    .record({ seat: recent, anyone: mostly(false, true), member: fc.nat(2) })
    .map((data) => new ContinueCommand(data)),
  fc
    .record<AnswerData>({
      seat: recent,
      anyone: mostly(false, true),
      window: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, recent),
      anew: mostly(false, true),
      stop: mostly('saved', 'written', 'prepared', 'asked'),
    })
    .map((data) => new AnswerCommand(data)),
  fc.record({ seat: recent }).map((data) => new EraseCommand(data)),
] as const;
