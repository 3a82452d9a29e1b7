// One finished tile on disk: a mark, a hash, the content.
//   lethe-t1 | SHA-256 of (digest of the job, number of the tile, content) | content
// A file that is cut off, damaged, or of another tile or job is told by its hash.
import { createHash } from 'node:crypto';

const mark = Buffer.from('lethe-t1', 'ascii');
const headerLength = mark.length + 32;

/** Where a file belongs. */
export interface TilePlace {
  readonly job: string;
  readonly tile: number;
}

export function renderTileFile(place: TilePlace, content: Uint8Array): Uint8Array {
  return Buffer.concat([mark, hashOf(place, content), content]);
}

/** The content, or what is wrong with the file. */
export function parseTileFile(
  place: TilePlace,
  file: Uint8Array,
): { readonly content: Uint8Array } | { readonly problem: string } {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  if (!bytes.subarray(0, mark.length).equals(mark)) return { problem: 'it is no file of a tile' };
  if (bytes.length < headerLength) return { problem: 'it is cut off' };
  const content = bytes.subarray(headerLength);
  if (!bytes.subarray(mark.length, headerLength).equals(hashOf(place, content)))
    return { problem: 'it is damaged, or of another tile or job' };
  return { content };
}

function hashOf({ job, tile }: TilePlace, content: Uint8Array): Buffer {
  return createHash('sha256')
    .update(`${JSON.stringify(['lethe tile', job, tile])}\n`)
    .update(content)
    .digest();
}
