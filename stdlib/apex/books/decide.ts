// From a verifier's finding to a verdict in the books.
//   accepted, and the claim stands  → verdict, commitment with rootAfter and the window's epoch; both or neither
//   accepted, and it does not stand → a rejected verdict with the refusal's code
//   accepted, and its bundle was before → the first verdict, nothing new
//   rejected, and its bundle was accepted before → the first verdict, nothing new
//   rejected                        → a rejected verdict with the verifier's reason
//   rejected before for this reason → that verdict, nothing new
import { currentCommitment, enterCommitment } from './commitments.ts';
import type {
  Commitment,
  Finding,
  Foreseen,
  RegistrationRecord,
  Verdict,
  Window,
} from './records.ts';
import { judge, replayed } from './refusal.ts';
import type { Facts, Refusal } from './refusal.ts';
import { registrationByDigest } from './registrations.ts';
import type { Queries, Sql } from './sql.ts';
import { enterVerdict, verdictsWhere } from './verdicts.ts';
import { windowByDigest } from './windows.ts';

/** A claim before it is verified. */
export type Prospect =
  | {
      readonly kind: 'open';
      readonly registration: RegistrationRecord;
      readonly window: Window;
      /** The last accepted one of the registration. */
      readonly current: Commitment | undefined;
    }
  | {
      readonly kind: 'refused';
      readonly refusal: Refusal;
      /** The one that the claim names, where it is in the books. */
      readonly registration: RegistrationRecord | undefined;
    }
  | { readonly kind: 'replayed'; readonly refusal: Refusal; readonly verdict: Verdict };

/** What became of a finding. */
export type Outcome =
  | { readonly kind: 'accepted'; readonly verdict: Verdict; readonly commitment: Commitment }
  | { readonly kind: 'rejected'; readonly verdict: Verdict }
  | { readonly kind: 'refused'; readonly refusal: Refusal; readonly verdict: Verdict }
  | { readonly kind: 'replayed'; readonly refusal: Refusal; readonly verdict: Verdict };

/** Says before the long work whether a bundle can be accepted at all. Changes nothing and holds nothing. */
export async function foresee(queries: Queries, claim: Foreseen): Promise<Prospect> {
  const first = await acceptedBundle(queries, claim);
  if (first !== undefined) return { kind: 'replayed', refusal: replayed(first), verdict: first };
  const known = await facts(queries, claim);
  const judged = judge(claim, known);
  return 'code' in judged
    ? { kind: 'refused', refusal: judged, registration: known.registration }
    : { kind: 'open', ...judged };
}

/** Enters a finding, in one transaction. */
export async function decide(sql: Sql, finding: Finding): Promise<Outcome> {
  return sql.transaction(async (queries): Promise<Outcome> => {
    if (!finding.accepted) {
      // It was accepted while somebody else found that it does not hold any more.
      const first = await acceptedBundle(queries, finding);
      if (first !== undefined)
        return { kind: 'replayed', refusal: replayed(first), verdict: first };
      return { kind: 'rejected', verdict: await enterRefusal(queries, finding) };
    }
    // Held to the end: two verdicts on one client, and a verdict and a new registration, come one after the other.
    await queries.query('select digest from registrations where digest = $1 for update', [
      finding.registrationDigest,
    ]);
    const prospect = await foresee(queries, finding);
    if (prospect.kind === 'replayed') return prospect;
    if (prospect.kind === 'refused') {
      const { refusal } = prospect;
      const reason = { code: refusal.code, text: refusal.message };
      const verdict = await enterRefusal(queries, { ...finding, accepted: false, reason });
      return { kind: 'refused', refusal, verdict };
    }
    const verdict = await enterVerdict(queries, finding);
    const commitment: Commitment = {
      registrationDigest: prospect.registration.digest,
      windowDigest: prospect.window.digest,
      epoch: prospect.window.epoch,
      root: finding.rootAfter,
      verdict: verdict.number,
    };
    await enterCommitment(queries, prospect.registration, commitment);
    return { kind: 'accepted', verdict, commitment };
  });
}

/** Anybody can send a refused bundle again: the same bundle and reason have one verdict, the first one. */
async function enterRefusal(queries: Queries, finding: Finding): Promise<Verdict> {
  const { bundleDigest, reason } = finding;
  const known = await verdictsWhere(queries, { bundleDigest, accepted: false });
  const first = known.find((verdict) => verdict.reason?.code === reason!.code);
  return first ?? enterVerdict(queries, finding);
}

async function acceptedBundle(
  queries: Queries,
  { bundleDigest }: Foreseen,
): Promise<Verdict | undefined> {
  if (bundleDigest === undefined) return undefined;
  return (await verdictsWhere(queries, { bundleDigest, accepted: true }))[0];
}

async function facts(queries: Queries, claim: Foreseen): Promise<Facts> {
  const { registrationDigest, windowDigest } = claim;
  return {
    registration: await registrationByDigest(queries, registrationDigest),
    window: await windowByDigest(queries, windowDigest),
    current: await currentCommitment(queries, registrationDigest),
  };
}
