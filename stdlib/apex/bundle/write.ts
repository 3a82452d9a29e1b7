// Writes a bundle piece by piece; it appears whole or not at all.
import { createHash } from 'node:crypto';
import { atomicWrite } from '../../../compiler/files/index.ts';
import { encodeElement } from '../commitments/elements.ts';
import type { Keeps } from '../documents/plan.ts';
import {
  encodeNumber,
  leavesLength,
  magic,
  renderHeader,
  version,
  type BundleHeader,
} from './header.ts';

export interface BundleToWrite {
  readonly header: BundleHeader;
  readonly siblings: readonly bigint[];
  /** Touched blocks of each tile. */
  readonly blocks: readonly number[];
  readonly keeps: Keeps;
  /** As `encodeTile` wrote it. Asked for once each, in order. */
  readonly tile: (tile: number) => Promise<Uint8Array>;
}

/** Returns the file's bytes. Throws a FileError. */
export async function writeBundle(file: string, bundle: BundleToWrite): Promise<number> {
  let bytes = 0;
  await atomicWrite(file, count(pieces(bundle)));
  return bytes;

  async function* count(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    const hash = createHash('sha256');
    for await (const piece of source) {
      hash.update(piece);
      bytes += piece.length;
      yield piece;
    }
    const checksum = hash.digest();
    bytes += checksum.length;
    yield checksum;
  }
}

async function* pieces({
  header,
  siblings,
  blocks,
  keeps,
  tile,
}: BundleToWrite): AsyncGenerator<Uint8Array> {
  const text = renderHeader(header);
  yield Buffer.concat([
    Buffer.from(magic, 'ascii'),
    encodeNumber(version),
    encodeNumber(text.length),
    text,
  ]);
  for (const sibling of siblings) yield encodeElement(sibling);
  for (const [each, count] of blocks.entries()) {
    const content = await tile(each);
    yield encodeNumber(content.length - count * leavesLength(keeps));
    yield content;
  }
}
