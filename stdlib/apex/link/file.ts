// The file of a link. Its sections of elements (../bundle/signed-kind.ts):
//   siblings of the old tree, then its leaves at S and at the linked positions of the sampled blocks
//   siblings of the new tree, then its leaves at the linked positions
// None of the four where the provider keeps the leaves. The commitments c_b are in its own store.
import type { KeyObject } from 'node:crypto';
import { fail } from '../../../compiler/diagnostics/diagnostic.ts';
import { headerFields, type SignedKind } from '../bundle/signed-kind.ts';
import { SignedFile } from '../bundle/signed-file.ts';
import { writeSigned, type ElementSource } from '../bundle/write-signed.ts';
import type { Elements } from '../commitments/elements.ts';
import { canonicalText } from '../documents/canonical.ts';

export interface LinkHeader {
  /** Digests of the documents: the plan, the new registration, the challenge. */
  readonly plan: string;
  readonly registration: string;
  readonly challenge: string;
  /** A tile has at most 2^log rows. */
  readonly log: number;
  readonly tiles: number;
  /** How many siblings open each of the two trees. */
  readonly oldSiblings: number;
  readonly newSiblings: number;
}

const [kind, version] = ['apex-link', 3];

const linkKind: SignedKind<LinkHeader> = {
  what: 'link',
  name: 'link of a registration',
  command: 'link',
  magic: 'LETHELNK',
  version,
  render: (header) => Buffer.from(canonicalText({ lethe: kind, version, ...header })),
  parse(text, file) {
    const fields = headerFields(text, file);
    fields.constant('lethe', kind);
    fields.constant('version', version);
    const header = {
      plan: fields.digest('plan'),
      registration: fields.digest('registration'),
      challenge: fields.digest('challenge'),
      log: fields.whole('log', 1, 32),
      tiles: fields.whole('tiles', 0, 2 ** 32),
      oldSiblings: fields.whole('oldSiblings', 0, 2 ** 32),
      newSiblings: fields.whole('newSiblings', 0, 2 ** 32),
    };
    fields.end();
    return header;
  },
};

/** Siblings and leaves of one tree. */
export interface TreeOpening<T> {
  readonly siblings: T;
  readonly leaves: T;
}

/** The openings of the two trees in a link. */
export interface Openings<T> {
  readonly old: TreeOpening<T>;
  readonly new: TreeOpening<T>;
}

/** In the order of the file. */
const sectionsOf = <T>({ old, new: own }: Openings<T>): readonly T[] => [
  old.siblings,
  old.leaves,
  own.siblings,
  own.leaves,
];

export interface LinkToWrite {
  readonly header: LinkHeader;
  readonly openings: Openings<ElementSource>;
  /** Asked for once each, in order. */
  readonly proof: (tile: number) => Promise<Uint8Array>;
  /** That of the new registration. */
  readonly key: KeyObject;
}

/** Returns the file's bytes. Throws a FileError. */
export const writeLink = (
  file: string,
  { header, openings, proof, key }: LinkToWrite,
): Promise<number> =>
  writeSigned(file, linkKind, {
    ...{ header, sections: sectionsOf(openings), tiles: header.tiles, proof, key },
  });

/** As the verifier derives them from plan, challenge and both registrations. */
export interface LinkCounts {
  readonly openings: Openings<number>;
  readonly tiles: number;
}

/** Elements throw `bad-link` where one is no field element. */
export interface LinkBody {
  openings(): Promise<Openings<Elements>>;
  /** In the order of the tiles; see `SignedBody`. */
  proofs(): AsyncGenerator<Uint8Array>;
}

/** A link that came from outside. Close it after use. */
export class LinkFile {
  private constructor(private readonly signed: SignedFile<LinkHeader>) {}

  /** Reads the header alone. Throws `bad-link`, or a FileError. */
  static open = async (file: string): Promise<LinkFile> =>
    new LinkFile(await SignedFile.open(file, linkKind));

  get header(): LinkHeader {
    return this.signed.header;
  }

  /** Bytes of the file. */
  get size(): number {
    return this.signed.size;
  }

  close = (): Promise<void> => this.signed.close();

  /** SHA-256 of the whole file. */
  digest = (): Promise<string> => this.signed.digest();

  /** Bytes of a whole file with this header, such a body, and proofs of `proofLength` bytes. */
  lengthOf = ({ openings, tiles }: LinkCounts, proofLength: number): number =>
    this.signed.lengthOf(sectionsOf(openings), tiles, proofLength);

  /** Throws `forged-link` unless the key of `signer` (base64 SPKI) signed all that the file says. */
  verifySignature = (signer: string): Promise<void> => this.signed.verifySignature(signer);

  /**
   * The body, which follows the header. Throws `bad-coverage` or `bad-opening` where the header has other counts than these, `bad-link`
   * where the file is too short for them.
   */
  body({ openings, tiles }: LinkCounts): LinkBody {
    const { header } = this;
    if (header.tiles !== tiles)
      fail('bad-coverage', `${header.tiles} tiles, where ${tiles} are expected`);
    for (const side of ['old', 'new'] as const) {
      const [found, expected] = [header[`${side}Siblings`], openings[side].siblings];
      if (found !== expected)
        fail(
          'bad-opening',
          `the opening of the ${side} tree has ${found} siblings, ${expected} are expected`,
        );
    }
    const body = this.signed.body(sectionsOf(openings), tiles);
    return {
      async openings() {
        const [oldSiblings, oldLeaves] = [await body.section(0), await body.section(1)];
        const [newSiblings, newLeaves] = [await body.section(2), await body.section(3)];
        return {
          old: { siblings: oldSiblings, leaves: oldLeaves },
          new: { siblings: newSiblings, leaves: newLeaves },
        };
      },
      proofs: () => body.proofs(),
    };
  }
}
