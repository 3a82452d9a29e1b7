// The bytes of all proofs of a file are decoded before anything is hashed or compiled.
import { isLetheError } from '../../../compiler/diagnostics/diagnostic.ts';
import { checkTileProof } from '../circuit/tile-proof.ts';
import { refuse } from './refused.ts';

/** One at a time: they are read again to be verified, and all of them together may be large. Refuses `bad-proof`. */
export async function decodeProofs(body: { proofs(): AsyncIterable<Uint8Array> }): Promise<void> {
  let tile = 0;
  for await (const bytes of body.proofs()) {
    try {
      checkTileProof(bytes);
    } catch (error) {
      if (!isLetheError(error)) throw error;
      refuse('bad-proof', `tile ${tile}: ${error.diagnostics[0]!.message}`);
    }
    tile++;
  }
}
