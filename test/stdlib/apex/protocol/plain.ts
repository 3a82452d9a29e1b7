// The protocol in plain data, with every rule as a sentence. It knows neither files nor a database. Of each document it has what the
// document says, and whether an honest client made it. A refusal may have any of the codes whose rules are broken.
import type { ReasonCode, Reregister } from '../../../../stdlib/apex/documents/index.ts';
import type { EnteredBy, RegistrationStanding } from '../../../../stdlib/apex/books/index.ts';

/** A registration by its fields. */
export interface Paper {
  readonly digest: string;
  readonly client: string;
  readonly root: string;
  readonly signer: string;
  readonly unscoped: string;
  readonly window: string | null;
  readonly replaces: string | null;
  /** The key that consented. */
  readonly consents: string | null;
}

/** A bundle by its fields. */
export interface Sheet {
  readonly digest: string;
  readonly registration: string;
  readonly window: string;
  readonly kept: string | null;
  readonly after: string;
  /** The key that signed it. */
  readonly signer: string;
  /** Codes of what is wrong with it, whatever the books say. */
  readonly flaws: readonly ReasonCode[];
}

/** A link by its fields. */
export interface Tie {
  readonly digest: string;
  readonly registration: string;
  /** Digest of the challenge. */
  readonly challenge: string;
  readonly signer: string;
  readonly flaws: readonly ReasonCode[];
}

export interface Answered {
  /** Digest of the window, and its epoch. */
  readonly window: string;
  readonly epoch: number;
  readonly root: string;
}

export interface Entry extends Paper {
  readonly epoch: number;
  standing: RegistrationStanding;
  entered: EnteredBy | null;
  supersededBy: string | null;
  readonly answers: Answered[];
}

export interface Verdict {
  readonly bundle: string;
  readonly registration: string;
  /** Null where it was accepted; where it was refused, codes of which it may have any. */
  readonly codes: readonly string[] | null;
  /** Whether it may be missing: a file that is longer than it may be is not hashed, so that nobody knows who signed it. */
  readonly optional?: boolean;
}

/** An outcome: done in a way, or refused for one of these reasons. */
export type Outcome =
  | { readonly kind: 'done'; readonly as: string }
  | { readonly kind: 'refused'; readonly codes: readonly string[] };

const done = (as: string): Outcome => ({ kind: 'done', as });
const refused = (codes: Iterable<string>): Outcome => ({ kind: 'refused', codes: [...codes] });

export interface PlanChoice {
  readonly reregister: Reregister;
  readonly keeps: 'root' | 'leaves';
}

/** Whose leaves come with a registration. */
export type Leaves = 'own' | 'other' | 'none';

export class Plain {
  epoch = 1;
  /** Digests, the window of epoch e at e − 1. */
  readonly windows: string[] = [];
  /** The first epoch that masked a position. */
  readonly masked = new Map<number, number>();
  readonly entries = new Map<string, Entry>();
  readonly verdicts: Verdict[] = [];
  /** Digests of accepted bundles. */
  readonly accepted = new Set<string>();
  /** Digests of challenges, by registration. */
  readonly challenges = new Map<string, string>();

  constructor(readonly plan: PlanChoice) {}

  clone(): Plain {
    const copy = new Plain(this.plan);
    copy.epoch = this.epoch;
    copy.windows.push(...this.windows);
    for (const [position, epoch] of this.masked) copy.masked.set(position, epoch);
    for (const [digest, entry] of this.entries)
      copy.entries.set(digest, { ...entry, answers: [...entry.answers] });
    copy.verdicts.push(...this.verdicts);
    for (const digest of this.accepted) copy.accepted.add(digest);
    for (const [digest, challenge] of this.challenges) copy.challenges.set(digest, challenge);
    return copy;
  }

  standing(client: string, standing: RegistrationStanding): Entry | undefined {
    const name = client.toLowerCase();
    return [...this.entries.values()].find(
      (each) => each.client.toLowerCase() === name && each.standing === standing,
    );
  }

  epochOf = (window: string): number => this.windows.indexOf(window) + 1;

  /** The answer to the window before the epoch of a pending registration. */
  linkedAnswer({ replaces, epoch }: Entry): Answered | undefined {
    const former = replaces === null ? undefined : this.entries.get(replaces);
    return former?.answers.find((each) => each.epoch === epoch - 1);
  }

  enroll(paper: Paper, { replace, leaves }: { replace: boolean; leaves: Leaves }): Outcome {
    const known = this.entries.get(paper.digest);
    if (known && (known.standing === 'superseded' || known.standing === 'dropped'))
      return refused(['superseded']);
    const codes = new Set<string>();
    if (this.plan.keeps === 'leaves') {
      if (leaves === 'other') codes.add('root-mismatch');
      if (leaves === 'none' && !known) codes.add('no-leaves');
    }
    const current = this.standing(paper.client, 'current');
    if (!known) {
      if (paper.window !== null && !this.windows.includes(paper.window))
        codes.add('unknown-window');
      if (!replace) this.#admit(paper, current, codes);
    }
    if (codes.size > 0) return refused(codes);
    if (known && !(known.standing === 'pending' && replace))
      return done(known.standing === 'pending' ? 'pending' : 'entered');
    const first = current === undefined && paper.replaces === null;
    const { reregister } = this.plan;
    const pending = !replace && !first && reregister === 'linked';
    const entry: Entry = known ?? {
      ...paper,
      epoch: this.epoch,
      standing: 'pending',
      entered: null,
      supersededBy: null,
      answers: [],
    };
    this.entries.set(paper.digest, entry);
    if (!pending) this.#makeCurrent(entry, first ? 'first' : replace ? 'replace' : 'consent');
    return done(pending ? 'pending' : 'entered');
  }

  /** Reasons against a registration without the provider's word. */
  #admit(paper: Paper, current: Entry | undefined, codes: Set<string>): void {
    const { replaces, consents, unscoped, window } = paper;
    if (!current) {
      if (replaces !== null) codes.add('not-current');
      return;
    }
    if (replaces === null) {
      codes.add('taken-name');
      return;
    }
    const named = this.entries.get(replaces);
    if (named !== current) codes.add('not-current');
    if (consents !== (named ?? current).signer) codes.add('taken-name');
    if (this.plan.reregister === 'never') codes.add('no-reregistration');
    if (this.plan.reregister !== 'linked') return;
    if (unscoped !== current.unscoped) codes.add('other-unscoped');
    const last = this.windows.at(-1);
    if (window !== (last ?? null)) codes.add('outdated-registration');
    if (last && current.epoch < this.epoch && current.answers.at(-1)?.window !== last)
      codes.add('unanswered-window');
    if (this.standing(paper.client, 'pending')) codes.add('pending-registration');
  }

  #makeCurrent(entry: Entry, entered: EnteredBy): void {
    for (const standing of ['current', 'pending'] as const) {
      const other = this.standing(entry.client, standing);
      if (!other || other === entry) continue;
      other.standing = standing === 'current' ? 'superseded' : 'dropped';
      other.supersededBy = entry.digest;
    }
    entry.standing = 'current';
    entry.entered = entered;
  }

  /** Positions that no window has masked before. */
  fresh = (positions: readonly number[]): number[] =>
    positions.filter((position) => !this.masked.has(position));

  /** Where nothing is new, the last window is given again. */
  issue(positions: readonly number[], digest: string): Outcome {
    const fresh = this.fresh(positions);
    if (fresh.length === 0 && this.windows.length > 0) return done('again');
    for (const position of fresh) this.masked.set(position, this.epoch);
    this.windows.push(digest);
    this.epoch++;
    return done('issued');
  }

  /** Codes of the rules that a bundle breaks; none for one that must be accepted. */
  problems(sheet: Sheet): Set<string> {
    const codes = new Set<string>(sheet.flaws);
    if (this.accepted.has(sheet.digest)) codes.add('replayed-bundle');
    const entry = this.entries.get(sheet.registration);
    const epoch = this.epochOf(sheet.window);
    if (!entry) codes.add('unknown-registration');
    if (epoch === 0) codes.add('unknown-window');
    if (!entry || epoch === 0) return codes;
    if (entry.signer !== sheet.signer) codes.add('forged-bundle');
    if (entry.standing === 'pending') codes.add('pending-registration');
    else if (entry.standing !== 'current') codes.add('superseded');
    if (entry.epoch > epoch) codes.add('late-registration');
    const last = entry.answers.at(-1);
    if (last?.epoch === epoch) codes.add('already-unlearned');
    if (last && last.epoch > epoch) codes.add('older-window');
    if (sheet.kept !== null && sheet.kept !== last?.root) codes.add('stale-commitment');
    return codes;
  }

  /** A bundle that its client did not sign, or that was accepted before, leaves nothing in the books. */
  verify(sheet: Sheet): Outcome {
    const codes = [...this.problems(sheet)];
    const entry = this.entries.get(sheet.registration);
    const { digest: bundle, registration, window, after: root } = sheet;
    if (codes.length > 0) {
      const isOwn = entry?.signer === sheet.signer && !sheet.flaws.includes('forged-bundle');
      const optional = sheet.flaws.includes('bad-bundle');
      if (isOwn && !this.accepted.has(bundle))
        this.verdicts.push({ bundle, registration, codes, optional });
      return refused(codes);
    }
    this.verdicts.push({ bundle, registration, codes: null });
    this.accepted.add(bundle);
    entry!.answers.push({ window, epoch: this.epochOf(window), root });
    return done('accepted');
  }

  /** A registration that was linked before gets its receipt again, whatever is sent. */
  link(tie: Tie): Outcome {
    const entry = this.entries.get(tie.registration);
    if (entry?.standing === 'current' && entry.entered === 'link') return done('entered');
    const codes = new Set<string>(tie.flaws);
    if (!entry) codes.add('unknown-registration');
    else if (entry.standing === 'current') codes.add('not-pending');
    else if (entry.standing !== 'pending') codes.add('superseded');
    if (entry && entry.signer !== tie.signer) codes.add('forged-link');
    const challenge = this.challenges.get(tie.registration);
    if (challenge === undefined) codes.add('no-challenge');
    if (challenge !== tie.challenge) codes.add('other-challenge');
    if (codes.size > 0) return refused(codes);
    this.#makeCurrent(entry!, 'link');
    return done('entered');
  }

  summary() {
    const entries = [...this.entries.values()];
    const count = (standing: RegistrationStanding): number =>
      entries.filter((each) => each.standing === standing).length;
    const status = {
      epoch: this.epoch,
      clients: count('current'),
      registrations: entries.length,
      pending: count('pending'),
      windows: this.windows.length,
      accepted: this.verdicts.filter(({ codes }) => codes === null).length,
    };
    return { status, entries };
  }

  /** Digests of registrations whose leaves the provider needs. */
  neededLeaves = (): string[] =>
    this.plan.keeps === 'root'
      ? []
      : [...this.entries.values()]
          .filter(({ standing }) => standing === 'current' || standing === 'pending')
          .map(({ digest }) => digest);

  /** Roots whose commitments the provider needs. */
  neededRoots(): string[] {
    const roots = new Set<string>();
    for (const entry of this.entries.values()) {
      if (entry.standing === 'current' && entry.answers.length > 0)
        roots.add(entry.answers.at(-1)!.root);
      const linked = entry.standing === 'pending' ? this.linkedAnswer(entry) : undefined;
      if (linked) roots.add(linked.root);
    }
    return [...roots];
  }
}
