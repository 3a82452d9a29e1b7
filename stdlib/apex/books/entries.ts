// What may be entered: checked before the database is asked, so that the message names the field. The same rules stand in SQL.
import { fail } from '../../../compiler/diagnostics/diagnostic.ts';
import { modulus } from '../../../compiler/numbers/field.ts';
import {
  challengeDigest,
  parseRegistration,
  readChallenge,
  readWindow,
  registrationDigest,
  windowDigest,
  type Challenge,
  type SignedRegistration,
  type Window,
} from '../documents/index.ts';
import type { Finding, Foreseen, NewEntry, NewLink } from './records.ts';

/** Reads a registration that is to be entered. @throws LetheError `bad-books-entry`, or `bad-document`. */
export function readNewRegistration(entry: NewEntry): SignedRegistration {
  digest('digest', entry.digest);
  json('document', entry.document);
  const registration = parseRegistration(entry.document, 'the registration');
  checkDigest(entry, registrationDigest(registration));
  return registration;
}

/** Reads a challenge that is to be entered; nothing is known of its signer. @throws LetheError `bad-books-entry`, or `bad-document`. */
export function readNewChallenge(entry: NewEntry): Challenge {
  digest('digest', entry.digest);
  json('document', entry.document);
  const { challenge } = readChallenge(entry.document, 'the challenge');
  checkDigest(entry, challengeDigest(challenge));
  return challenge;
}

/** Reads a window that is to be entered; nothing is known of its signer. @throws LetheError `bad-books-entry`, or `bad-document`. */
export function readNewWindow(entry: NewEntry): Window {
  digest('digest', entry.digest);
  json('document', entry.document);
  const { window } = readWindow(entry.document, 'the window');
  checkDigest(entry, windowDigest(window));
  return window;
}

function checkDigest(entry: NewEntry, expected: string): void {
  if (entry.digest !== expected) refuseEntry('digest', entry.digest, 'that of the document');
}

/** The entry that is in the books under a digest. @throws LetheError `other-entry` where its text is another. */
export function sameDocument<T extends NewEntry>(known: T, { digest, document }: NewEntry): T {
  if (known.document !== document)
    fail(
      'other-entry',
      `${digest} is in the books with another document`,
      'a digest names one document: compute it anew',
    );
  return known;
}

/** @throws LetheError `bad-books-entry`. */
export function checkClaim(claim: Foreseen): void {
  if (claim.bundleDigest !== undefined) digest('bundleDigest', claim.bundleDigest);
  digest('registrationDigest', claim.registrationDigest);
  digest('windowDigest', claim.windowDigest);
  if (claim.kept !== null) root('kept', claim.kept);
}

/** @throws LetheError `bad-books-entry`. */
export function checkFinding(finding: Finding): void {
  digest('bundleDigest', finding.bundleDigest);
  checkClaim(finding);
  root('rootAfter', finding.rootAfter);
  if (finding.accepted !== (finding.reason === null)) {
    refuseEntry(
      'reason',
      finding.reason?.code ?? null,
      'a reason if and only if it is not accepted',
    );
  }
  if (finding.reason !== null) {
    text('reason.code', finding.reason.code);
    text('reason.text', finding.reason.text);
  }
  json('measured', JSON.stringify(finding.measured));
}

/** @throws LetheError `bad-books-entry`. */
export function checkNewLink(link: NewLink): void {
  digest('registrationDigest', link.registrationDigest);
  digest('bundleDigest', link.bundleDigest);
  json('measured', JSON.stringify(link.measured));
}

function digest(field: string, value: string): void {
  if (!/^[0-9a-f]{64}$/.test(value)) refuseEntry(field, value, '64 lower-case hexadecimal digits');
}

function root(field: string, value: string): void {
  if (!/^(0|[1-9][0-9]{0,77})$/.test(value) || BigInt(value) >= modulus) {
    refuseEntry(field, value, 'a decimal field element');
  }
}

function text(field: string, value: string): void {
  if (value.length === 0 || value.length > 4096 || value.includes('\0') || unpaired(value)) {
    refuseEntry(field, value, 'a text of 1 to 4096 characters');
  }
}

function json(field: string, value: string): void {
  try {
    const parsed: unknown = JSON.parse(value);
    const whole = !value.includes('\\u0000') && !unpaired(value);
    if (typeof parsed === 'object' && parsed !== null && whole) return;
  } catch {
    // Refused below.
  }
  refuseEntry(field, value, 'a JSON object');
}

/** Half a surrogate pair has no UTF-8, and would come back as another text. */
function unpaired(value: string): boolean {
  return /\p{Surrogate}/u.test(value);
}

export function refuseEntry(field: string, value: string | null, wanted: string): never {
  const seen = JSON.stringify(value);
  const shown = seen.length > 100 ? `${seen.slice(0, 100)}…` : seen;
  fail('bad-books-entry', `${field} is ${shown}`, `it must be ${wanted}`);
}
