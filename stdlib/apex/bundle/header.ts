// The file of an unlearning. Numbers have 32 bits, little-endian; field elements 32 bytes, big-endian.
//   "LETHEAPX", version, length of the header, header (canonical JSON)
//   siblings, then the leaves of the live positions of the proved blocks (neither where the provider keeps the leaves)
//   the commitments c_b of the proved blocks
//   for each tile: length of the proof, proof
//   Ed25519 signature by the client over the SHA-256 of all that
import { canonicalText } from '../documents/canonical.ts';
import { Fields } from '../documents/fields.ts';

export interface BundleHeader {
  /** Digests of the documents. */
  readonly plan: string;
  readonly registration: string;
  readonly receipt: string;
  readonly window: string;
  /** A tile has at most 2^log rows. */
  readonly log: number;
  /** Root over all c_b of the accepted bundle from which blocks keep theirs; null where all are proved. */
  readonly kept: bigint | null;
  /** Root over all c_b, those that are kept included. */
  readonly after: bigint;
  /** Blocks that are proved here. */
  readonly proved: number;
  readonly tiles: number;
  readonly siblings: number;
}

export const magic = 'LETHEAPX';
export const version = 2;
/** Bytes before the header: magic, version, length. */
export const preambleLength = magic.length + 8;
/** More than any header takes. */
export const maxHeader = 4096;
/** More than any proof takes: those of kimchi have 8 to 20 kB. */
export const maxProof = 1 << 16;
export const signatureLength = 64;

const kind = 'apex-bundle';

export const renderHeader = ({ kept, after, ...header }: BundleHeader): Uint8Array =>
  Buffer.from(
    canonicalText({
      lethe: kind,
      version,
      ...header,
      ...(kept === null ? {} : { kept: `${kept}` }),
      after: `${after}`,
    }),
  );

/** Throws `bad-document`. */
export function parseHeader(text: string, file: string): BundleHeader {
  const fields = new Fields(parseJson(text), file);
  fields.constant('lethe', kind);
  fields.constant('version', version);
  const header = {
    plan: fields.digest('plan'),
    registration: fields.digest('registration'),
    receipt: fields.digest('receipt'),
    window: fields.digest('window'),
    log: fields.whole('log', 1, 32),
    kept: fields.has('kept') ? fields.element('kept') : null,
    after: fields.element('after'),
    proved: fields.whole('proved', 0, 2 ** 32),
    tiles: fields.whole('tiles', 0, 2 ** 32),
    siblings: fields.whole('siblings', 0, 2 ** 32),
  };
  fields.end();
  return header;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export const encodeNumber = (value: number): Uint8Array => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};
