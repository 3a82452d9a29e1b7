// Rows of a tile as powers of two.

/** A proof with range checks takes as long as one of 2^13 rows: smaller tiles are never chosen. */
export const smallestLog = 13;
/** The sizes that a bundle may name. */
export const leastLog = 9;
export const largestLog = 16;
