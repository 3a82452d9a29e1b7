// How much of each document is read and parsed. A limit follows from what a document may hold; only bits of positions are long.
import type { JsonLimits } from '../../../compiler/files/index.ts';

/** Documents of a few fields: registrations, receipts, records of a client. */
export const smallDocument: JsonLimits = { bytes: 16_000, depth: 4, values: 200 };

/**
 * A plan: up to 16 000 tensors, and dead positions. 2^27 bytes hold those of 8 · 10^8 weights: a larger plan can follow no other.
 * (Positions go up to 2^32; their bits in base64 would be longer than any string of V8.)
 */
export const planLimits: JsonLimits = { bytes: 2 ** 27, depth: 5, values: 100_000 };

/** A client's own record of its answers: one of 400 bytes for each window. */
export const stateLimits: JsonLimits = { bytes: 4_000_000, depth: 4, values: 100_000 };

/** V8 holds no longer string. */
const longestText = 2 ** 29 - 24;

const base64Length = (bytes: number): number => 4 * Math.ceil(bytes / 3);

/** Bytes of a document with a bit for each of so many positions, and other fields. */
const bitsLength = (weights: number): number => base64Length(Math.ceil(weights / 8)) + 4096;

const flat = (bytes: number): JsonLimits => ({
  bytes: Math.min(bytes, longestText),
  depth: 4,
  values: 100,
});

/** A mask over so many weights; over any number of them where it is not known. */
export const maskLimits = (weights = 2 ** 32): JsonLimits => flat(bitsLength(weights));

/** A window over so many weights: a bit for each, and an epoch of 4 bytes for each that was masked. */
export const windowLimits = (weights = 2 ** 32): JsonLimits =>
  flat(bitsLength(weights) + base64Length(4 * weights));
