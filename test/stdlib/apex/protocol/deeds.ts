// The deeds of a provider, as data: each can be done, foretold, killed on the way, and done beside another deed.
import { isLetheError } from '../../../../compiler/diagnostics/diagnostic.ts';
import { canonicalText } from '../../../../stdlib/apex/documents/canonical.ts';
import { isReasonCode, windowDigest } from '../../../../stdlib/apex/documents/index.ts';
import { enroll } from '../../../../stdlib/apex/provider/enroll.ts';
import type { Provider } from '../../../../stdlib/apex/provider/folder.ts';
import { verifyLink } from '../../../../stdlib/apex/provider/link.ts';
import { verifyBundle } from '../../../../stdlib/apex/provider/verify.ts';
import { issueWindow } from '../../../../stdlib/apex/provider/window.ts';
import { keys as testKeys, maskOf } from '../fixture.ts';
import { Known } from './known.ts';
import { checkLinkMarks } from './linking.ts';
import { checkMarks } from './marks.ts';
import type { Leaves, Outcome, Plain } from './plain.ts';
import type { Run } from './run.ts';

export type Deed =
  | {
      readonly kind: 'enroll';
      readonly seat: number;
      readonly replace: boolean;
      readonly leaves: Leaves;
    }
  | { readonly kind: 'issue'; readonly positions: readonly number[] }
  | { readonly kind: 'verify'; readonly sheet: number }
  | { readonly kind: 'link'; readonly tie: number };

export function isPossible(known: Known, { kind }: Deed): boolean {
  const { seats, sheets, ties } = known;
  return kind === 'issue' || { enroll: seats, verify: sheets, link: ties }[kind].length > 0;
}

/** The outcomes that are allowed; the model is as it is afterwards. */
export function foretell(known: Known, run: Run, plain: Plain, deed: Deed): Outcome {
  if (deed.kind === 'issue') {
    const digest = windowDigest(run.nextWindow(plain, deed.positions));
    return plain.issue(deed.positions, digest);
  }
  if (deed.kind === 'verify')
    return plain.verify(known.sheets[Known.at(known.sheets, deed.sheet)]!);
  if (deed.kind === 'link') return plain.link(known.ties[Known.at(known.ties, deed.tie)]!);
  const { paper } = known.seats[Known.at(known.seats, deed.seat)]!;
  const { leaves } = leavesOf(known, deed);
  return plain.enroll(paper, { replace: deed.replace, leaves });
}

/** Leaves of another registration, where there are any: copies of one member have the same. */
function leavesOf(known: Known, deed: Deed & { kind: 'enroll' }): { leaves: Leaves; from: number } {
  const own = Known.at(known.seats, deed.seat);
  const { root } = known.seats[own]!.paper;
  const other = known.seats.findIndex(({ paper }) => paper.root !== root);
  if (deed.leaves !== 'other') return { leaves: deed.leaves, from: own };
  return other < 0 ? { leaves: 'own', from: own } : { leaves: 'other', from: other };
}

export interface Done {
  /** How it was done, or the code of a refusal. */
  readonly as: string;
  /** The document that the client gets. */
  readonly text?: string;
}

/** Does it; what is refused is said by its code. */
export async function perform(
  known: Known,
  run: Run,
  provider: Provider,
  deed: Deed,
): Promise<Done> {
  try {
    return await work(known, run, provider, deed);
  } catch (error) {
    if (isLetheError(error)) return { as: listed(error.diagnostics[0]!.code) };
    throw error;
  }
}

/** Not of the list: the provider himself has named the wrong file, or another one of his processes was faster. */
const own = ['no-leaves', 'unknown-window', 'stale-window'];

function listed(code: string): string {
  if (isReasonCode(code) || own.includes(code)) return code;
  throw new Error(`the code ${code} is not on the list of reasons`);
}

async function work(known: Known, run: Run, provider: Provider, deed: Deed): Promise<Done> {
  if (deed.kind === 'issue') {
    const mask = maskOf(provider.plan, deed.positions);
    const { added } = await provider.withBooks((books) =>
      issueWindow(provider.plan, books, mask, run.providerKey),
    );
    return { as: added > 0 ? 'issued' : 'again' };
  }
  if (deed.kind === 'verify') {
    const { file } = run.bundles[Known.at(run.bundles, deed.sheet)]!;
    const { plan, withBooks, leaves, commitments } = provider;
    const { accepted, reason } = await verifyBundle({
      ...{ plan, withBooks, leaves, commitments, file },
      ...(run.proves ? { keys: testKeys, jobs: 1 } : { checkProofs: checkMarks }),
    });
    return { as: accepted ? 'accepted' : listed(reason!.code) };
  }
  if (deed.kind === 'link') {
    const at = Known.at(run.links, deed.tie);
    const { plan, withBooks, leaves, commitments, signingKey } = provider;
    const { accepted, reason, document } = await verifyLink({
      ...{ plan, withBooks, leaves, commitments, signingKey, file: run.links[at]!.file },
      registration: known.ties[at]!.registration,
      ...(run.proves ? { keys: testKeys, jobs: 1 } : { checkProofs: checkLinkMarks }),
    });
    return accepted
      ? { as: 'entered', text: canonicalText(document!) }
      : { as: listed(reason!.code) };
  }
  const place = run.places[Known.at(run.places, deed.seat)]!;
  const { leaves, from } = leavesOf(known, deed);
  const given =
    provider.plan.keeps === 'root' || leaves === 'none' ? undefined : run.places[from]!.leaves;
  const { registration } = place;
  const { withBooks } = provider;
  const enrolled = await enroll({
    ...{ provider, withBooks, registration, replace: deed.replace },
    leaves: given,
  });
  return { as: enrolled.kind, text: canonicalText(enrolled.document) };
}

export const agrees = (outcome: Outcome, { as }: Done): boolean =>
  outcome.kind === 'done' ? outcome.as === as : outcome.codes.includes(as);

export const told = (outcome: Outcome): string =>
  outcome.kind === 'done' ? outcome.as : `refused for ${outcome.codes.join(' or ')}`;
