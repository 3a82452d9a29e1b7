// Writes a signed file piece by piece; it appears whole or not at all.
import { createHash, type KeyObject } from 'node:crypto';
import { atomicWrite } from '../../../compiler/files/index.ts';
import { elementLength, encodeElement } from '../commitments/elements.ts';
import { signBytes } from '../documents/signature.ts';
import type { SignedKind } from './signed-kind.ts';
import { encodeNumber } from './source.ts';

/** Field elements, at once or one by one. */
export type ElementSource = Iterable<bigint> | AsyncIterable<bigint>;

export interface SignedContent<Header> {
  readonly header: Header;
  readonly sections: readonly ElementSource[];
  readonly tiles: number;
  /** Asked for once each, in order. */
  readonly proof: (tile: number) => Promise<Uint8Array>;
  /** The client's. */
  readonly key: KeyObject;
}

/** Returns the file's bytes. Throws a FileError. */
export async function writeSigned<Header>(
  file: string,
  kind: SignedKind<Header>,
  content: SignedContent<Header>,
): Promise<number> {
  let bytes = 0;
  await atomicWrite(file, signed(pieces(kind, content)));
  return bytes;

  async function* signed(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    const hash = createHash('sha256');
    for await (const piece of source) {
      hash.update(piece);
      bytes += piece.length;
      yield piece;
    }
    const signature = signBytes(hash.digest(), content.key);
    bytes += signature.length;
    yield signature;
  }
}

async function* pieces<Header>(
  { magic, version, render }: SignedKind<Header>,
  { header, sections, tiles, proof }: SignedContent<Header>,
): AsyncGenerator<Uint8Array> {
  const text = render(header);
  yield Buffer.concat([
    Buffer.from(magic, 'ascii'),
    encodeNumber(version),
    encodeNumber(text.length),
    text,
  ]);
  for (const section of sections) yield* encoded(section);
  for (let tile = 0; tile < tiles; tile++) {
    const own = await proof(tile);
    yield encodeNumber(own.length);
    yield own;
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
