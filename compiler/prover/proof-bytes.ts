// The bytes of a proof, as far as they can be judged without its circuit and its key: nothing is compiled, and no native code runs.
import { decodeProof, proofLength, type ProofShape } from '../targets/kimchi/proof-codec.ts';

export type { ProofShape } from '../targets/kimchi/proof-codec.ts';

/** Bytes of every proof of that shape. */
export const proofBytes = (shape: ProofShape): number => proofLength(shape);

/** Throws `bad-proof` for bytes that are no proof of any circuit of that shape. */
export const checkProofBytes = (bytes: Uint8Array, shape: ProofShape): void =>
  void decodeProof(bytes, shape);
