// The protocol of the books in maps: what is registered, linked, issued and judged, and what each of it is answered with.
import type {
  Claim,
  EnteredBy,
  RegistrationStanding,
} from '../../../../stdlib/apex/books/index.ts';
import type { Reregister } from '../../../../stdlib/apex/documents/index.ts';

export interface Presented {
  readonly digest: string;
  readonly client: string;
  /** Whose key consents, if any. */
  readonly consent: string | null;
  readonly replaces: string | null;
  readonly window: string | null;
  readonly unscoped: string;
}

export interface Known extends Presented {
  readonly epoch: number;
  standing: RegistrationStanding;
  entered: EnteredBy | null;
  /** The root that its challenge names; undefined until it is drawn. */
  challenge: string | null | undefined;
  /** One for each accepted bundle. */
  readonly answers: { readonly epoch: number; readonly root: string }[];
}

export class Protocol {
  readonly registrations = new Map<string, Known>();
  /** Epochs by digest. */
  readonly windows = new Map<string, number>();
  readonly bundles = new Set<string>();

  constructor(
    public epoch: number,
    public lastWindow: string | null,
  ) {}

  of = (client: string): Known[] =>
    [...this.registrations.values()].filter((each) => each.client === client);

  withStanding = (client: string, standing: RegistrationStanding): Known | undefined =>
    this.of(client).find((each) => each.standing === standing);

  /** A code, or the standing. */
  register(own: Presented, policy: Reregister, replace: boolean): string {
    const known = this.registrations.get(own.digest);
    if (known) {
      if (known.standing === 'superseded' || known.standing === 'dropped') return 'superseded';
      if (known.standing === 'pending' && replace) this.#makeCurrent(known, 'replace');
      return known.standing;
    }
    const refusal = replace ? undefined : this.#refusal(own, policy);
    if (refusal !== undefined) return refusal;
    const entry: Known = {
      ...own,
      epoch: this.epoch,
      standing: 'pending',
      entered: null,
      challenge: undefined,
      answers: [],
    };
    const isFirst = !this.withStanding(own.client, 'current') && own.replaces === null;
    const by = isFirst ? 'first' : replace ? 'replace' : policy === 'any' ? 'consent' : undefined;
    this.registrations.set(own.digest, entry);
    if (by) this.#makeCurrent(entry, by);
    return entry.standing;
  }

  #refusal(own: Presented, policy: Reregister): string | undefined {
    const current = this.withStanding(own.client, 'current');
    const { replaces } = own;
    if (!current) return replaces === null ? undefined : 'not-current';
    const named = replaces === null ? undefined : this.registrations.get(replaces);
    if (replaces !== null && named?.client !== own.client) return 'not-current';
    // Each client of these histories has one key.
    if (replaces === null || own.consent !== own.client) return 'taken-name';
    if (named !== current) return 'not-current';
    if (policy === 'never') return 'no-reregistration';
    if (policy === 'any') return undefined;
    if (own.unscoped !== current.unscoped) return 'other-unscoped';
    if (own.window !== this.lastWindow) return 'outdated-registration';
    const isYoung = current.epoch === this.epoch;
    const last = current.answers.at(-1)?.epoch;
    if (this.lastWindow !== null && !isYoung && last !== this.epoch - 1) return 'unanswered-window';
    return this.withStanding(own.client, 'pending') ? 'pending-registration' : undefined;
  }

  #makeCurrent(entry: Known, by: EnteredBy): void {
    for (const each of this.of(entry.client)) {
      if (each === entry) continue;
      if (each.standing === 'current') each.standing = 'superseded';
      if (each.standing === 'pending') each.standing = 'dropped';
    }
    entry.standing = 'current';
    entry.entered = by;
  }

  /** Draws the challenge of a pending registration. */
  challenge(digest: string): void {
    const entry = this.registrations.get(digest)!;
    entry.challenge ??= this.#rootBefore(entry) ?? null;
  }

  /** The root of the replaced one's answer to the window before. */
  #rootBefore = ({ replaces, epoch }: Known): string | undefined =>
    this.registrations.get(replaces!)!.answers.find((each) => each.epoch === epoch - 1)?.root;

  link(digest: string): string {
    const entry = this.registrations.get(digest);
    if (!entry) return 'unknown-registration';
    if (entry.standing === 'superseded' || entry.standing === 'dropped') return 'superseded';
    if (entry.standing === 'current') return entry.entered === 'link' ? 'linked' : 'not-pending';
    if (entry.challenge === undefined) return 'no-challenge';
    this.#makeCurrent(entry, 'link');
    return 'linked';
  }

  issue(issued: string): void {
    this.windows.set(issued, this.epoch++);
    this.lastWindow = issued;
  }

  judge({ bundleDigest, registrationDigest, windowDigest, kept }: Claim, root: string): string {
    if (this.bundles.has(bundleDigest)) return 'replayed';
    const known = this.registrations.get(registrationDigest);
    const epoch = this.windows.get(windowDigest);
    if (known === undefined) return 'unknown-registration';
    if (epoch === undefined) return 'unknown-window';
    if (known.standing === 'pending') return 'pending-registration';
    if (known.standing !== 'current') return 'superseded';
    if (known.epoch > epoch) return 'late-registration';
    const last = known.answers.at(-1);
    if (last?.epoch === epoch) return 'already-unlearned';
    if (last && last.epoch > epoch) return 'older-window';
    if (kept !== null && kept !== last?.root) return 'stale-commitment';
    known.answers.push({ epoch, root });
    this.bundles.add(bundleDigest);
    return 'accepted';
  }

  /** Roots whose commitments must be there. */
  roots(): string[] {
    const all = [...this.registrations.values()];
    const current = all
      .filter(({ standing }) => standing === 'current')
      .flatMap(({ answers }) => answers.at(-1)?.root ?? []);
    const named = all
      .filter(({ standing }) => standing === 'pending')
      .flatMap((each) => this.#rootBefore(each) ?? []);
    return [...new Set([...current, ...named])].sort();
  }
}
