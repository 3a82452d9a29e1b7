// Commands about links: a client makes one for a challenge that it has, and an attacker changes one.
import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { challengeDigest, parseChallenge } from '../../../../stdlib/apex/documents/challenge.ts';
import { publicKeyOf, type ReasonCode } from '../../../../stdlib/apex/documents/index.ts';
import { replacedAt } from '../bundles.ts';
import { saveLink, withLinkHeader, type ForgedLink } from '../link/drafts.ts';
import { codeOf, expectCode } from './client-commands.ts';
import { Command, recent } from './command.ts';
import { Known, type Seat } from './known.ts';
import { markLink, proveMarkedLink } from './linking.ts';
import { falseMark } from './marks.ts';
import { DeedCommand } from './provider-commands.ts';
import type { Run } from './run.ts';

/** A link has a tie from now on. */
async function keepLink(
  known: Known,
  run: Run,
  own: { file: string; link: ForgedLink; flaws: readonly ReasonCode[] },
  byteFlaws: readonly ReasonCode[] = [],
): Promise<void> {
  const { header, key } = own.link;
  const digest = createHash('sha256')
    .update(await readFile(own.file))
    .digest('hex');
  known.ties.push({
    ...{ digest, registration: header.registration, challenge: header.challenge },
    signer: publicKeyOf(key),
    flaws: [...own.flaws, ...byteFlaws],
  });
  run.links.push(own);
}

/** Any seat's challenge may be tried with any state. */
export interface LinkData {
  readonly seat: number;
  /** Whose challenge is answered; the own one where it is 0. */
  readonly challenge: number;
}

export class LinkCommand extends Command<LinkData> {
  readonly name = 'link';

  override check = (known: Readonly<Known>): boolean =>
    known.seats.some(({ challenge }) => challenge !== null);

  override async act(known: Known, run: Run): Promise<string> {
    const challenged = known.seats.flatMap(({ challenge }, i) => (challenge === null ? [] : [i]));
    const index = challenged[Known.at(challenged, this.data.seat)]!;
    const turned = (Known.at(challenged, this.data.seat) + this.data.challenge) % challenged.length;
    const from = challenged[turned]!;
    const [seat, place] = [known.seats[index]!, run.places[index]!];
    const text = run.places[from]!.challenge!;
    const challenge = parseChallenge(text, 'the challenge', run.plan.signer);
    const { folder } = place;
    const proved = run.fresh('proved');
    const found = await codeOf(() =>
      run.proves ? proveMarkedLink(folder, challenge, proved) : markLink(folder, challenge),
    );
    const isOwn = challenge.registration === seat.paper.digest;
    expectCode(found, this.#codes(known, seat, isOwn, challenge.window, challenge.commitments));
    if (typeof found === 'string') return found;
    const { link, isTrue } = found;
    if (seat.continues && !isTrue) throw new Error('an honest registration cannot be linked');
    const file = run.fresh('link');
    await saveLink(file, link);
    const flaws: ReasonCode[] = isTrue || link.proofs.length === 0 ? [] : ['bad-proof'];
    await keepLink(known, run, { file, link, flaws });
    return isTrue ? 'true' : 'false';
  }

  #codes(
    known: Known,
    { erased, former }: Seat,
    isOwn: boolean,
    window: string | null,
    commitments: bigint | null,
  ): string[] {
    if (erased) return ['no-state'];
    if (!isOwn) return ['other-challenge'];
    const old = known.seats[former!]!;
    if (old.erased) return ['no-state'];
    if (old.receipt === null) return ['no-receipt'];
    const entry = known.plain.entries.get(old.paper.digest)!;
    const epoch = window === null ? 0 : known.plain.epochOf(window);
    if (known.live(entry.epoch, epoch).size === 0) return [];
    return old.answers.some((each) => each.window === window && each.root === `${commitments}`)
      ? []
      : ['unanswered-window'];
  }
}

export const linkForgeries = [
  'false proof',
  'other signer',
  'other challenge',
  'other registration',
  'cut',
] as const;

export interface ForgeLinkData {
  readonly kind: (typeof linkForgeries)[number];
  readonly tie: number;
  readonly other: number;
}

/** A link of an attacker, who sends it at once. */
export class ForgeLinkCommand extends Command<ForgeLinkData> {
  readonly name = 'forge link';

  override check = (known: Readonly<Known>): boolean =>
    known.ties.some(({ flaws }) => flaws.length === 0);

  override async act(known: Known, run: Run): Promise<string> {
    const { kind, tie, other } = this.data;
    const right = run.links.filter((_, i) => known.ties[i]!.flaws.length === 0);
    const { link } = right[Known.at(right, tie)]!;
    const seat = Known.at(known.seats, other);
    const made = this.#made(known, run, link, seat);
    if (!made) return `${kind}: nothing to change`;
    const file = run.fresh('forged');
    await saveLink(file, made.link);
    if (kind === 'cut') {
      const bytes = await readFile(file);
      await writeFile(file, bytes.subarray(0, -1 - other));
    }
    const bytes: ReasonCode[] = kind === 'cut' ? ['bad-link', 'forged-link'] : [];
    await keepLink(known, run, { file, ...made }, bytes);
    const deed = { kind: 'link', tie: 0 } as const;
    await new DeedCommand({ deed, lost: true }).run(known, run);
    return kind;
  }

  #made(
    known: Known,
    run: Run,
    link: ForgedLink,
    seat: number,
  ): { link: ForgedLink; flaws: ReasonCode[] } | undefined {
    const { kind, other } = this.data;
    const { proofs } = link;
    switch (kind) {
      case 'false proof':
        if (proofs.length === 0) return undefined;
        return {
          link: { ...link, proofs: replacedAt(proofs, other % proofs.length, falseMark) },
          flaws: ['bad-proof'],
        };
      case 'other signer':
        return { link: { ...link, key: run.places[seat]!.key }, flaws: [] };
      case 'other challenge': {
        const challenge = run.places[seat]!.challenge;
        const digest = challenge
          ? challengeDigest(parseChallenge(challenge, 'a challenge', run.plan.signer))
          : known.seats[seat]!.paper.digest;
        if (digest === link.header.challenge) return undefined;
        return { link: withLinkHeader(link, { challenge: digest }), flaws: [] };
      }
      case 'other registration': {
        const { digest } = known.seats[seat]!.paper;
        if (digest === link.header.registration) return undefined;
        return { link: withLinkHeader(link, { registration: digest }), flaws: [] };
      }
      case 'cut':
        return { link, flaws: [] };
    }
  }
}

export const linkCommand = fc
  .record<LinkData>({
    seat: recent,
    challenge: fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, fc.nat(3)),
  })
  .map((data) => new LinkCommand(data));

export const forgedLink = fc.record<ForgeLinkData>({
  kind: fc.constantFrom(...linkForgeries),
  tie: fc.constant(0),
  other: fc.nat(11),
});

export const forgeLinkCommand = fc
  .record<ForgeLinkData>({
    kind: fc.constantFrom(...linkForgeries),
    tie: recent,
    other: fc.nat(11),
  })
  .map((data) => new ForgeLinkCommand(data));
