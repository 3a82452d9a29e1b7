// The header of a bundle, the file of an unlearning. Its sections of elements (signed-kind.ts):
//   siblings, then the leaves of the live positions of the proved blocks (neither where the provider keeps the leaves)
//   the commitments c_b of the proved blocks
import { canonicalText } from '../documents/canonical.ts';
import { headerFields, type SignedKind } from './signed-kind.ts';

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

const [kind, version] = ['apex-bundle', 3];

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
  const fields = headerFields(text, file);
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

export const bundleKind: SignedKind<BundleHeader> = {
  what: 'bundle',
  name: 'bundle of an unlearning',
  command: 'unlearn',
  magic: 'LETHEAPX',
  version,
  render: renderHeader,
  parse: parseHeader,
};
