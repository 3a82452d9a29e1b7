// The hashing worker: range after range of one job.
import { useNativePoseidon } from '../../../compiler/prover/native-hashing.ts';
import { serve } from '../../../compiler/prover/workers/serve.ts';
import { hashRange, type HashJob } from './hash-range.ts';

export interface HashRequest {
  readonly range: number;
}

export interface HashResult {
  /** The root of the range's subtree. */
  readonly root: bigint;
}

serve<HashJob, { readonly native: boolean }, HashRequest, HashResult>(async (job) => ({
  ready: { native: useNativePoseidon() },
  handle: async ({ range }) => ({ root: await hashRange(job, range) }),
}));
