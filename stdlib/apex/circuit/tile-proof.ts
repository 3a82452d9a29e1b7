// The proof of a tile, as far as every tile has the same: its circuit range-checks the words of commitments, whatever its layout.
import {
  checkProofBytes,
  proofBytes,
  type ProofShape,
} from '../../../compiler/prover/proof-bytes.ts';

const shape: ProofShape = { lookups: true };

/** Bytes. */
export const tileProofLength = proofBytes(shape);

/** Compiles nothing and runs no native code. Throws `bad-proof` for bytes that are no proof of any tile. */
export const checkTileProof = (bytes: Uint8Array): void => checkProofBytes(bytes, shape);
