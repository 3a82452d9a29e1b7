// A bundle taken apart, to be written again with something wrong in it: by the client itself, which holds the key.
import { createHash, type KeyObject } from 'node:crypto';
import { Bundle } from '../../../../stdlib/apex/bundle/read.ts';
import { renderHeader, type BundleHeader } from '../../../../stdlib/apex/bundle/header.ts';
import { preambleLength, signatureLength } from '../../../../stdlib/apex/bundle/signed-kind.ts';
import { encodeNumber } from '../../../../stdlib/apex/bundle/source.ts';
import { writeBundle } from '../../../../stdlib/apex/bundle/write.ts';
import { tileProofLength } from '../../../../stdlib/apex/circuit/tile-proof.ts';
import { Elements, elementLength } from '../../../../stdlib/apex/commitments/elements.ts';
import { signBytes } from '../../../../stdlib/apex/documents/signature.ts';
import { buildTree } from '../../../../stdlib/apex/commitments/tree.ts';

export interface BundleParts {
  readonly header: BundleHeader;
  readonly siblings: readonly bigint[];
  readonly leaves: readonly bigint[];
  readonly commitments: readonly bigint[];
  readonly proofs: readonly Uint8Array[];
  readonly key: KeyObject;
}

/** The parts of a right bundle, in which every block is proved. */
export async function readParts(file: string, key: KeyObject): Promise<BundleParts> {
  const bundle = await Bundle.open(file);
  try {
    const { header, size } = bundle;
    const bare = bundle.lengthOf({ ...header, leaves: 0 }, tileProofLength);
    const body = bundle.body({ ...header, leaves: (size - bare) / elementLength });
    const proofs: Uint8Array[] = [];
    for await (const proof of body.proofs()) proofs.push(Uint8Array.from(proof));
    const [siblings, leaves, commitments] = [
      (await body.siblings()).all(),
      (await body.leaves()).all(),
      (await body.commitments()).all(),
    ];
    return { header, siblings, leaves, commitments, proofs, key };
  } finally {
    await bundle.close();
  }
}

export const writeParts = async (file: string, parts: BundleParts): Promise<void> =>
  void (await writeBundle(file, { ...parts, proof: async (tile) => parts.proofs[tile]! }));

export const withHeader = (parts: BundleParts, change: Partial<BundleHeader>): BundleParts => ({
  ...parts,
  header: { ...parts.header, ...change },
});

/** With another commitment of a block, and the root over all of them: proofs of other tiles stay right. */
export async function withCommitment(
  parts: BundleParts,
  place: number,
  commitment: bigint,
): Promise<BundleParts> {
  const commitments = parts.commitments.with(place, commitment);
  const { root } = await buildTree(Elements.from(commitments));
  return withHeader({ ...parts, commitments }, { after: root });
}

export const withProof = (parts: BundleParts, tile: number, proof: Uint8Array): BundleParts => ({
  ...parts,
  proofs: parts.proofs.with(tile, proof),
});

/** The file of a bundle with another header before the same body, signed. */
export function restated(
  bytes: Uint8Array,
  { header, key }: Pick<BundleParts, 'header' | 'key'>,
  change: Partial<BundleHeader>,
): Uint8Array {
  const text = renderHeader({ ...header, ...change });
  const body = bytes.subarray(preambleLength + renderHeader(header).length, -signatureLength);
  const start = Buffer.from(bytes.subarray(0, preambleLength - 4));
  const own = Buffer.concat([start, encodeNumber(text.length), text, body]);
  return Buffer.concat([own, signBytes(createHash('sha256').update(own).digest(), key)]);
}
