// Bytes that are decoded as the proof of a tile, and prove nothing: one number v in all places. (v, v) is on the curve
// y² = x³ + 5 of the base field.
import { tileProofLength } from '../../../../stdlib/apex/circuit/tile-proof.ts';

const v = '165e840e65de49ff37273d3097bd27b52dc27471ab8ec3ae6e510f48963c49bf';

export const proofOfNothing: Uint8Array = Buffer.concat(
  new Array<Uint8Array>(tileProofLength / 32).fill(Buffer.from(v, 'hex').reverse()),
);
