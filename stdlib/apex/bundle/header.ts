// The file of an unlearning. All numbers are 32-bit little-endian, all field elements 32 bytes big-endian.
//   "LETHEAPX", version, length of the header, header (canonical JSON)
//   siblings: what opens the touched leaves in both trees
//   for each tile: length of the proof, the leaves before and after of each of its touched blocks, proof
//   SHA-256 of all that, against damage on the way
// A provider who keeps the tree has the siblings and the leaves before: they are left out.
import type { Subject } from '../circuit/tiles.ts';
import { elementLength, encodeElement } from '../commitments/elements.ts';
import { canonicalText } from '../documents/canonical.ts';
import { Fields } from '../documents/fields.ts';
import type { Keeps } from '../documents/plan.ts';

export interface BundleHeader extends Subject {
  /** Digest of the constraints of a tile. */
  readonly circuit: string;
  readonly tiles: number;
  /** Blocks that hold a masked weight. */
  readonly touched: number;
  readonly siblings: number;
  /** The commitment to the weights after. */
  readonly after: bigint;
  /** `hashUnscoped` of the model after. */
  readonly unscoped: string;
}

export const magic = 'LETHEAPX';
export const version = 1;
/** Bytes before the header: magic, version, length. */
export const preambleLength = magic.length + 8;
/** More than any header takes. */
export const maxHeader = 4096;
/** More than any proof takes: those of kimchi have 8 to 20 kB. */
export const maxProof = 1 << 16;
/** What a bundle says of a touched block. */
export const leavesLength = (keeps: Keeps): number =>
  keeps === 'tree' ? elementLength : 2 * elementLength;
export const checksumLength = 32;

const kind = 'apex-bundle';

export const renderHeader = ({ root, after, ...header }: BundleHeader): Uint8Array =>
  Buffer.from(
    canonicalText({ lethe: kind, version, ...header, root: `${root}`, after: `${after}` }),
  );

/** Throws `bad-document`. */
export function parseHeader(text: string, file: string): BundleHeader {
  const fields = Fields.parse(text, file, kind);
  const header = {
    plan: fields.digest('plan'),
    registration: fields.digest('registration'),
    window: fields.digest('window'),
    root: fields.element('root'),
    after: fields.element('after'),
    circuit: fields.digest('circuit'),
    tiles: fields.whole('tiles', 1, 2 ** 32),
    touched: fields.whole('touched', 1, 2 ** 32),
    siblings: fields.whole('siblings', 0, 2 ** 32),
    unscoped: fields.digest('unscoped'),
  };
  fields.end();
  return header;
}

export const encodeNumber = (value: number): Uint8Array => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};

/** The leaves of a touched block as they are sent; before only to a provider who keeps no tree. */
export interface SentLeaves {
  readonly before?: bigint;
  readonly after: bigint;
}

/** A tile without the length of its proof: what a job keeps of it. */
export const encodeTile = (leaves: readonly SentLeaves[], proof: Uint8Array): Uint8Array =>
  Buffer.concat([
    ...leaves.flatMap(({ before, after }) =>
      (before === undefined ? [after] : [before, after]).map(encodeElement),
    ),
    proof,
  ]);
