// Writes a bundle piece by piece; it appears whole or not at all.
import { createHash, type KeyObject } from 'node:crypto';
import { atomicWrite } from '../../../compiler/files/index.ts';
import { elementLength, encodeElement } from '../commitments/elements.ts';
import { signBytes } from '../documents/signature.ts';
import { encodeNumber, magic, renderHeader, version, type BundleHeader } from './header.ts';

/** Field elements, at once or one by one. */
export type ElementSource = Iterable<bigint> | AsyncIterable<bigint>;

export interface BundleToWrite {
  readonly header: BundleHeader;
  /** `header.siblings` of them. */
  readonly siblings: ElementSource;
  /** Those at the live positions of the proved blocks, ascending. */
  readonly leaves: ElementSource;
  /** The c_b of the proved blocks, ascending. */
  readonly commitments: ElementSource;
  /** Asked for once each, in order. */
  readonly proof: (tile: number) => Promise<Uint8Array>;
  /** The client's. */
  readonly key: KeyObject;
}

/** Returns the file's bytes. Throws a FileError. */
export async function writeBundle(file: string, bundle: BundleToWrite): Promise<number> {
  let bytes = 0;
  await atomicWrite(file, signed(pieces(bundle)));
  return bytes;

  async function* signed(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    const hash = createHash('sha256');
    for await (const piece of source) {
      hash.update(piece);
      bytes += piece.length;
      yield piece;
    }
    const signature = signBytes(hash.digest(), bundle.key);
    bytes += signature.length;
    yield signature;
  }
}

async function* pieces(bundle: BundleToWrite): AsyncGenerator<Uint8Array> {
  const text = renderHeader(bundle.header);
  yield Buffer.concat([
    Buffer.from(magic, 'ascii'),
    encodeNumber(version),
    encodeNumber(text.length),
    text,
  ]);
  yield* encoded(bundle.siblings);
  yield* encoded(bundle.leaves);
  yield* encoded(bundle.commitments);
  for (let tile = 0; tile < bundle.header.tiles; tile++) {
    const proof = await bundle.proof(tile);
    yield encodeNumber(proof.length);
    yield proof;
  }
}

/** Many elements to a piece: there may be millions. */
async function* encoded(elements: ElementSource): AsyncGenerator<Uint8Array> {
  const most = 4096 * elementLength;
  let [piece, length] = [new Uint8Array(most), 0];
  for await (const element of elements) {
    piece.set(encodeElement(element), length);
    length += elementLength;
    if (length < most) continue;
    yield piece;
    [piece, length] = [new Uint8Array(most), 0];
  }
  yield piece.subarray(0, length);
}
