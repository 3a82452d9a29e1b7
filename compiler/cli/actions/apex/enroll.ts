// lethe apex enroll: a registration enters the provider's books, and the client gets a receipt, or a challenge.
import { access } from 'node:fs/promises';
import {
  challengeDigest,
  enroll,
  isRefusalCode,
  leavesFileOf,
  openProvider,
  parseRegistration,
  readText,
  receiptDigest,
  registrationDigest,
  verifyLink,
  writeDocument,
  type Enrolled,
  type EnteredBy,
  type Provider,
  type SignedRegistration,
} from '../../../../stdlib/apex/index.ts';
import { fail, isLetheError } from '../../../diagnostics/diagnostic.ts';
import { checkWritable } from '../../../files/atomic-write.ts';
import { progressReport } from './progress-report.ts';
import { findingsOutcome, type Outcome } from '../../exit.ts';
import type { EnrollCommand } from '../../commands/apex/enroll.ts';

export async function enrollClient(file: string, options: EnrollCommand): Promise<Outcome> {
  const outs = outFiles(file, options.out);
  for (const out of new Set(Object.values(outs))) await checkWritable(out);
  try {
    const enrolled = await enrolledFrom(file, options);
    if ('reason' in enrolled) return refusedLink(enrolled.reason);
    const out = outs[enrolled.kind];
    await writeDocument(out, enrolled.document);
    return enrolled.kind === 'pending' ? challenged(enrolled, out) : entered(enrolled, out);
  } catch (error) {
    if (isLetheError(error) && error.diagnostics.every(({ code }) => isVerdict(code)))
      return findingsOutcome(1, error.diagnostics);
    throw error;
  }
}

/** The file of either answer. */
function outFiles(registration: string, out: string | undefined): Record<Enrolled['kind'], string> {
  const name = registration.replace(/\.json$/, '');
  return { entered: out ?? `${name}.receipt.json`, pending: out ?? `${name}.challenge.json` };
}

/** Findings on the registration, not on how the command was called. */
const isVerdict = (code: string): boolean => isRefusalCode(code) || code === 'forged-registration';

async function enrolledFrom(file: string, options: EnrollCommand): Promise<Enrolled | RefusedLink> {
  const registration = parseRegistration(await readText(file), file);
  const provider = await openProvider(options.provider);
  const { keeps } = provider.plan;
  if (keeps === 'root' && options.leaves !== undefined)
    fail('bad-option', 'the plan says that no leaves are kept', 'leave --leaves out');
  const leaves = keeps === 'root' ? undefined : (options.leaves ?? (await leavesBeside(file)));
  const { withBooks } = provider;
  const { replace, proof } = options;
  if (proof !== undefined && replace)
    fail('bad-option', '--replace needs no proof', 'leave --proof or --replace out');
  if (proof !== undefined) return linked(provider, registration, proof);
  return enroll({ provider, withBooks, registration, leaves, replace, report: progressReport() });
}

interface RefusedLink {
  readonly reason: { readonly code: string; readonly text: string };
}

/** A pending registration with its link. */
async function linked(
  { plan, withBooks, signingKey, keys, leaves, commitments }: Provider,
  registration: SignedRegistration,
  file: string,
): Promise<Enrolled | RefusedLink> {
  const { reason, entered } = await verifyLink({
    ...{ plan, withBooks, signingKey, keys, leaves, commitments, file },
    registration: registrationDigest(registration),
    report: progressReport(),
  });
  return entered ?? { reason: reason! };
}

const refusedLink = (reason: RefusedLink['reason']): Outcome => ({
  exit: 1,
  json: { ok: false, accepted: false, reason },
  text: `the link is refused (${reason.code}): ${reason.text}\n`,
});

/** How a registration became current. */
const entryWords: Record<EnteredBy, string> = {
  first: '',
  consent: ', in the place of the former one',
  link: ', linked to the one that it replaces',
  replace: ", by the provider's word",
};

function entered(enrolled: Extract<Enrolled, { kind: 'entered' }>, out: string): Outcome {
  const { receipt, uncompensated } = enrolled;
  const { client, digest, epoch, entered: by } = enrolled.entry;
  const warned =
    uncompensated === 0
      ? ''
      : `warning: ${uncompensated} weights died after the window that the registration compensates for; registering with the newest window would make up for them\n`;
  const word = entryWords[by!];
  return {
    exit: 0,
    json: {
      ok: true,
      standing: 'current',
      client,
      registration: digest,
      epoch,
      entered: by,
      receipt: receiptDigest(receipt),
      uncompensated,
      out,
    },
    text: `${warned}${client} is registered in epoch ${epoch}${word} (${digest.slice(0, 16)}…)\nsend the receipt to the client: ${out}\n`,
  };
}

function challenged(
  { entry, challenge }: Extract<Enrolled, { kind: 'pending' }>,
  out: string,
): Outcome {
  const { client, digest, epoch, replaces } = entry;
  return {
    exit: 0,
    json: {
      ok: true,
      standing: 'pending',
      client,
      registration: digest,
      epoch,
      replaces,
      challenge: challengeDigest(challenge),
      out,
    },
    text: `the registration ${digest.slice(0, 16)}… of ${client} is pending in epoch ${epoch}: ${replaces!.slice(0, 16)}… stays current until the link between them is proved\nsend the challenge to the client, who proves the link with \`lethe apex link\`: ${out}\n`,
  };
}

/** The file that `lethe apex register` wrote, where it came along. */
async function leavesBeside(registration: string): Promise<string | undefined> {
  const file = leavesFileOf(registration);
  return access(file).then(
    () => file,
    () => undefined,
  );
}
