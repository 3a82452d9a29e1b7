// Bytes of a bundle for a mask, by the real writer: with empty commitments, and proofs of the right length.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeTile, type SentLeaves } from '../../../stdlib/apex/bundle/header.ts';
import { writeBundle } from '../../../stdlib/apex/bundle/write.ts';
import { deal } from '../../../stdlib/apex/circuit/layout.ts';
import { siblingCount } from '../../../stdlib/apex/commitments/tree.ts';
import type { Keeps } from '../../../stdlib/apex/index.ts';
import type { Coverage } from './masks.ts';

export interface BundleShape {
  readonly coverage: Coverage;
  readonly tiles: number;
  readonly proofBytes: number;
  readonly keeps: Keeps;
}

export async function bundleBytes({
  coverage,
  tiles,
  proofBytes,
  keeps,
}: BundleShape): Promise<number> {
  const { touched } = coverage;
  const numbers = touched.map(({ number }) => number);
  const siblings = keeps === 'tree' ? 0 : await siblingCount(coverage.blocks, numbers);
  const blocks = deal(touched, tiles).tiles.map(
    (places) => places.filter((place) => place !== undefined).length,
  );
  const digest = '0'.repeat(64);
  const proof = new Uint8Array(proofBytes);
  const empty: SentLeaves = keeps === 'tree' ? { after: 0n } : { before: 0n, after: 0n };
  const folder = await mkdtemp(join(tmpdir(), 'lethe-bench-'));
  try {
    return await writeBundle(join(folder, 'bundle.apex'), {
      header: {
        ...{ plan: digest, registration: digest, window: digest, circuit: digest },
        ...{ root: 0n, after: 0n, unscoped: digest },
        ...{ tiles, touched: touched.length, siblings },
      },
      siblings: new Array<bigint>(siblings).fill(0n),
      blocks,
      keeps,
      tile: (tile) =>
        Promise.resolve(encodeTile(new Array<SentLeaves>(blocks[tile]!).fill(empty), proof)),
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
