// Bytes of a bundle for a mask, by the real writer: with empty commitments, and proofs of the right length.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeTile } from '../../stdlib/apex/bundle/header.ts';
import { writeBundle } from '../../stdlib/apex/bundle/write.ts';
import { tileRange } from '../../stdlib/apex/circuit/tiles.ts';
import { siblingCount } from '../../stdlib/apex/commitments/tree.ts';
import type { Coverage } from './masks.ts';

export interface BundleShape {
  readonly coverage: Coverage;
  /** Of a tile. */
  readonly blocks: number;
  readonly proofBytes: number;
}

export async function bundleBytes({ coverage, blocks, proofBytes }: BundleShape): Promise<number> {
  const touched = coverage.touched.length;
  const numbers = coverage.touched.map(({ number }) => number);
  const siblings = siblingCount(coverage.blocks, numbers);
  const digest = '0'.repeat(64);
  const proof = new Uint8Array(proofBytes);
  const folder = await mkdtemp(join(tmpdir(), 'lethe-bench-'));
  try {
    return await writeBundle(join(folder, 'bundle.apex'), {
      header: {
        ...{ plan: digest, registration: digest, window: digest, circuit: digest },
        ...{ root: 0n, after: 0n, unscoped: digest },
        ...{ blocks, touched, siblings },
      },
      siblings: new Array<bigint>(siblings).fill(0n),
      tile(tile) {
        const { start, end } = tileRange(tile, blocks, touched);
        const leaves = { before: 0n, curvature: 0n, after: 0n };
        return Promise.resolve(
          encodeTile(new Array<typeof leaves>(end - start).fill(leaves), proof),
        );
      },
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
