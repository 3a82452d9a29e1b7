// Bundles of an attacker who has all that was ever sent: another client's name, another's key, an old receipt, a stale window, parts of other
// bundles, other bytes. Each is judged at once, and may be sent again later.
import fc from 'fast-check';
import { writeFile, readFile } from 'node:fs/promises';
import { Elements } from '../../../../stdlib/apex/commitments/elements.ts';
import { buildTree } from '../../../../stdlib/apex/commitments/tree.ts';
import { receiptDigest } from '../../../../stdlib/apex/documents/index.ts';
import type { ReasonCode } from '../../../../stdlib/apex/documents/index.ts';
import { receiptOf } from '../../../../stdlib/apex/provider/enroll.ts';
import { replacedAt, save, swapped, withHeader, type Forged } from '../bundles.ts';
import { keepBundle } from './client-commands.ts';
import { Command, recent } from './command.ts';
import { agrees, foretell, perform, told } from './deeds.ts';
import { Known } from './known.ts';
import { falseMark } from './marks.ts';
import { checkBooks } from './provider-commands.ts';
import type { Run } from './run.ts';

const kinds = [
  'false proof',
  'proofs of another bundle',
  'other signer',
  'other registration',
  'other receipt',
  'other window',
  'empty answer',
  'other kept root',
  'swapped commitments',
  'one block less',
  'other leaves',
  'cut',
  'other byte',
] as const;
type Kind = (typeof kinds)[number];

export interface ForgeData {
  readonly kind: Kind;
  readonly sheet: number;
  /** A choice of the seat, the sheet, the window or the place that is taken for the right one. */
  readonly other: number;
}

interface Forgery {
  readonly forged: Forged;
  /** All that is wrong with it; a forgery without a flaw must be judged as what it says. */
  readonly flaws: readonly ReasonCode[];
  /** Changes the bytes of the file, and what is wrong with them then. */
  readonly bytes?: (bytes: Buffer) => Buffer;
  readonly byteFlaws?: readonly ReasonCode[];
}

/** Parts that do not follow from the window: which of them is noticed first depends on the window. */
const structure: readonly ReasonCode[] = [
  ...(['bad-coverage', 'bad-opening', 'bad-bundle', 'root-mismatch', 'bad-proof'] as const),
];

export class ForgeCommand extends Command<ForgeData> {
  readonly name = 'forge';

  override check = (known: Readonly<Known>): boolean => known.sheets.length > 0;

  override async act(known: Known, run: Run): Promise<string> {
    const { kind } = this.data;
    const forgery = await this.#forge(known, run);
    if (!forgery) return `${kind}: nothing to change`;
    const { forged, flaws, bytes, byteFlaws = [] } = forgery;
    const file = run.fresh('forged');
    await save(file, forged);
    if (bytes) await writeFile(file, bytes(await readFile(file)));
    await keepBundle(known, run, { file, forged, flaws }, byteFlaws);
    const deed = { kind: 'verify', sheet: 0 } as const;
    const outcome = foretell(known, run, known.plain, deed);
    const done = await perform(known, run, run.provider, deed);
    if (!agrees(outcome, done))
      throw new Error(`${kind}: ${done.as}, where the model says ${told(outcome)}`);
    await checkBooks(known, run);
    return `${kind}: ${done.as}`;
  }

  async #forge(known: Known, run: Run): Promise<Forgery | undefined> {
    const { kind, sheet, other } = this.data;
    // Two changes might cancel each other.
    const right = run.bundles.filter((_, i) => known.sheets[i]!.flaws.length === 0);
    if (right.length === 0) return undefined;
    const { forged } = right[Known.at(right, sheet)]!;
    const { header, proofs, commitments, leaves } = forged;
    const seat = Known.at(known.seats, other);
    const place = run.places[seat]!;
    switch (kind) {
      case 'false proof': {
        if (proofs.length === 0) return undefined;
        const changed = replacedAt(proofs, other % proofs.length, falseMark);
        return { forged: { ...forged, proofs: changed }, flaws: ['bad-proof'] };
      }
      case 'proofs of another bundle': {
        const from = run.bundles[Known.at(run.bundles, other)]!.forged;
        const equal = from.proofs.every((each, i) =>
          Buffer.from(each).equals(proofs[i] ?? falseMark),
        );
        if (from.proofs.length !== proofs.length || equal) return undefined;
        return {
          forged: { ...forged, proofs: from.proofs },
          flaws: ['bad-proof'],
        };
      }
      case 'other signer':
        return { forged: { ...forged, key: place.key }, flaws: [] };
      case 'other registration': {
        const { digest } = known.seats[seat]!.paper;
        if (digest === header.registration) return undefined;
        return {
          // By whoever has made it, in the name of the other; or by the other, who has stolen it.
          forged: {
            ...withHeader(forged, { registration: digest }),
            key: other % 2 ? place.key : forged.key,
          },
          flaws: [...structure, 'other-receipt'],
        };
      }
      case 'other receipt': {
        const entry = known.plain.entries.get(known.seats[seat]!.paper.digest);
        const receipt = entry
          ? receiptDigest(await receiptOf(run.plan, run.books, entry))
          : known.seats[seat]!.paper.digest;
        if (receipt === header.receipt) return undefined;
        return { forged: withHeader(forged, { receipt }), flaws: ['other-receipt'] };
      }
      case 'other window':
        return this.#otherWindow(known, forged);
      case 'empty answer': {
        const { windows, entries } = known.plain;
        const window = windows[Known.at(windows, other)]!;
        const from = entries.get(header.registration)?.epoch;
        const asks =
          from === undefined ? 0 : known.changed(from, known.plain.epochOf(window), null);
        const { root: after } = await buildTree(Elements.of(0));
        const none = { kept: null, after, proved: 0, tiles: 0, siblings: 0 };
        const empty = { siblings: [], leaves: [], commitments: [], proofs: [], kept: new Map() };
        return {
          forged: withHeader({ ...forged, ...empty }, { window, ...none }),
          flaws: asks > 0 ? structure : [],
        };
      }
      case 'other kept root': {
        const kept = known.sheets[Known.at(known.sheets, other)]!.after;
        const current = known.plain.entries.get(header.registration)?.answers.at(-1)?.root;
        if (kept === current || kept === `${header.kept}`) return undefined;
        // Later it may be current: then other blocks are expected, or the same.
        return {
          forged: withHeader(forged, { kept: BigInt(kept) }),
          flaws: ['stale-commitment'],
        };
      }
      case 'swapped commitments': {
        if (commitments.length < 2) return undefined;
        const changed = swapped(commitments, 0, 1);
        return {
          forged: { ...forged, commitments: changed },
          flaws: ['root-mismatch', 'bad-proof'],
        };
      }
      case 'one block less': {
        if (commitments.length === 0) return undefined;
        const fewer = { ...forged, commitments: commitments.slice(1) };
        return {
          forged: withHeader(fewer, { proved: header.proved - 1 }),
          flaws: structure,
        };
      }
      case 'other leaves': {
        if (leaves.length === 0) return undefined;
        const changed = replacedAt(leaves, other % leaves.length, BigInt(other));
        return { forged: { ...forged, leaves: changed }, flaws: ['root-mismatch'] };
      }
      case 'cut':
        return {
          forged,
          flaws: [],
          byteFlaws: ['bad-bundle', 'forged-bundle'],
          bytes: (bytes) => bytes.subarray(0, -1 - other),
        };
      case 'other byte':
        return {
          forged,
          flaws: [],
          byteFlaws: ['forged-bundle', ...structure],
          bytes: (bytes) => {
            bytes[bytes.length - 1 - other]! ^= 1;
            return bytes;
          },
        };
    }
  }

  /** An answer to one window, in the place of an answer to another: where nothing has to be proved, it is one. */
  #otherWindow(known: Known, forged: Forged): Forgery | undefined {
    const { windows, entries } = known.plain;
    const { header } = forged;
    const window = windows[Known.at(windows, this.data.other)]!;
    if (window === header.window) return undefined;
    const changed = withHeader(forged, { window });
    const entry = entries.get(header.registration);
    if (!entry) return { forged: changed, flaws: [] };
    const last = header.kept === null ? undefined : entry.answers.at(-1);
    const to = known.plain.epochOf(window);
    const asks = known.changed(entry.epoch, to, last?.epoch ?? null);
    if (asks > 0 || header.proved > 0) return { forged: changed, flaws: structure };
    const isRight = last ? `${header.after}` === last.root : known.live(entry.epoch, to).size === 0;
    return { forged: changed, flaws: isRight ? [] : ['root-mismatch'] };
  }
}

export const forgeCommand = fc
  .record<ForgeData>({ kind: fc.constantFrom(...kinds), sheet: recent, other: fc.nat(11) })
  .map((data) => new ForgeCommand(data));
