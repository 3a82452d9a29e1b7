// Bytes of a bundle for a mask, by the real writer: with empty commitments, and proofs of the right length.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateKeyPairSync } from 'node:crypto';
import { writeBundle } from '../../../stdlib/apex/bundle/write.ts';
import { siblingCount } from '../../../stdlib/apex/commitments/tree.ts';
import type { Keeps } from '../../../stdlib/apex/index.ts';
import { dealtLog } from './mask-rows.ts';
import type { Coverage } from './masks.ts';

export interface BundleShape {
  readonly coverage: Coverage;
  readonly tiles: number;
  readonly proofBytes: number;
  readonly keeps: Keeps;
}

export async function bundleBytes({
  coverage: { weights, positions, touched },
  tiles,
  proofBytes,
  keeps,
}: BundleShape): Promise<number> {
  const siblings = keeps === 'leaves' ? 0 : await siblingCount(weights, positions);
  const digest = '0'.repeat(64);
  const proof = new Uint8Array(proofBytes);
  const zeros = (count: number): bigint[] => new Array<bigint>(count).fill(0n);
  const folder = await mkdtemp(join(tmpdir(), 'lethe-bench-'));
  try {
    return await writeBundle(join(folder, 'bundle.apex'), {
      header: {
        ...{ plan: digest, registration: digest, receipt: digest, window: digest },
        ...{ log: dealtLog, kept: null, after: 0n },
        ...{ proved: touched.length, tiles, siblings },
      },
      siblings: zeros(siblings),
      leaves: zeros(keeps === 'leaves' ? 0 : positions.length),
      commitments: zeros(touched.length),
      proof: () => Promise.resolve(proof),
      key: generateKeyPairSync('ed25519').privateKey,
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
