// Reads a bundle that came from outside.
import { fail } from '../../../compiler/diagnostics/diagnostic.ts';
import type { Elements } from '../commitments/elements.ts';
import { bundleKind, type BundleHeader } from './header.ts';
import { SignedFile } from './signed-file.ts';

/** As the verifier derives them from plan, registration, receipt and window. */
export interface BodyCounts {
  readonly siblings: number;
  /** Live positions of the proved blocks; 0 where the provider keeps the leaves. */
  readonly leaves: number;
  readonly proved: number;
  readonly tiles: number;
}

/** Each of the first three throws `bad-bundle` for what is no field element. */
export interface BundleBody {
  siblings(): Promise<Elements>;
  leaves(): Promise<Elements>;
  commitments(): Promise<Elements>;
  /** In the order of the tiles; see `SignedBody`. */
  proofs(): AsyncGenerator<Uint8Array>;
}

/** Close it after use. */
export class Bundle {
  private constructor(private readonly signed: SignedFile<BundleHeader>) {}

  /** Reads the header alone. Throws `bad-bundle`, or a FileError. */
  static open = async (file: string): Promise<Bundle> =>
    new Bundle(await SignedFile.open(file, bundleKind));

  get header(): BundleHeader {
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
  lengthOf = (counts: BodyCounts, proofLength: number): number =>
    this.signed.lengthOf(sectionsOf(counts), counts.tiles, proofLength);

  /** Whether the key of `signer` (base64 SPKI) signed all that the file says. */
  isSignedBy = (signer: string): Promise<boolean> => this.signed.isSignedBy(signer);

  /** Throws `forged-bundle` unless the key of `signer` (base64 SPKI) signed all that the file says. */
  verifySignature = (signer: string): Promise<void> => this.signed.verifySignature(signer);

  /**
   * The body, which follows the header. Throws `bad-coverage` or `bad-opening` where the header has other counts than these, `bad-bundle`
   * where the file is too short for them.
   */
  body(counts: BodyCounts): BundleBody {
    const { siblings, proved, tiles } = counts;
    const { header } = this;
    if (header.proved !== proved)
      fail('bad-coverage', `${header.proved} blocks are proved, ${proved} are expected`);
    if (header.tiles !== tiles)
      fail('bad-coverage', `${header.tiles} tiles, where ${tiles} are expected`);
    if (header.siblings !== siblings)
      fail('bad-opening', `the opening has ${header.siblings} siblings, ${siblings} are expected`);
    const body = this.signed.body(sectionsOf(counts), tiles);
    return {
      siblings: () => body.section(0),
      leaves: () => body.section(1),
      commitments: () => body.section(2),
      proofs: () => body.proofs(),
    };
  }
}

const sectionsOf = ({ siblings, leaves, proved }: BodyCounts): readonly number[] => [
  siblings,
  leaves,
  proved,
];
