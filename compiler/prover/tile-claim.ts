// What is claimed of a tile, and what a verifier says of it.
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { TileProof } from './pool.ts';

/** What is said about one tile: untrusted. */
export interface TileClaim extends TileProof {
  readonly tile: number;
}

export interface Verdict {
  readonly tile: number;
  /** Why the claim is refused; empty when it is accepted. */
  readonly findings: readonly Diagnostic[];
}
