// What a recorded circuit costs on kimchi, counted without o1js: by gate, by line, in all.
import { visit, type Gates } from './gates.ts';
import { publicVariables, type ConstraintSystem } from './system.ts';

/** Rows by kimchi's name of the gate, as o1js counts them. `Public` rows carry the public input. */
export interface RowCounts {
  readonly Public: number;
  readonly Generic: number;
  readonly RangeCheck0: number;
  readonly Poseidon: number;
  readonly Zero: number;
}

/** Rows that kimchi adds to hide the witness. */
export const hidingRows = 3;

/** Rows of one proof; 2^16 is the length of the commitment key. */
export const maxRows = 2 ** 16 - hidingRows;

/** A table of 4096 entries stands behind range checks, and must leave room for the rows that hide. */
const lookupDomain = 2 ** 13;

/** Half generic rows, range rows and permutations of one gate. */
const costs: Gates<readonly [halves: number, range: number, poseidon: number]> = {
  product: () => [1, 0, 0],
  linear: () => [1, 0, 0],
  boolean: () => [1, 0, 0],
  equal: () => [0, 0, 0],
  constant: () => [0, 0, 0],
  range12: () => [0, 1, 0],
  range64: () => [0, 1, 0],
  poseidon: () => [0, 0, 1],
};

/** Rows of the whole circuit, before padding to a power of two. */
export function countRows(system: ConstraintSystem): RowCounts {
  let [halves, range, poseidon] = [0, 0, 0];
  const constants = new Set<bigint>();
  for (const { gate } of system.gates) {
    const [h, r, p] = visit(costs, gate);
    [halves, range, poseidon] = [halves + h, range + r, poseidon + p];
    if (gate.kind === 'constant') constants.add(gate.value);
  }
  // The unused upper limbs of a range row are wired to the constant 0. Each constant costs half a row, once.
  if (range > 0) constants.add(0n);
  return {
    Public: publicVariables(system).length,
    Generic: Math.ceil((halves + constants.size) / 2),
    RangeCheck0: range,
    Poseidon: 11 * poseidon,
    Zero: poseidon,
  };
}

export function totalRows(counts: RowCounts): number {
  return Object.values(counts).reduce((sum: number, rows: number) => sum + rows, 0);
}

/** Rows by line of the program, in fractions of a row; public values and constants are left out. */
export function rowsByLine(system: ConstraintSystem): Map<number, number> {
  const rows = new Map<number, number>();
  for (const { gate, origins } of system.gates) {
    const [halves, range, poseidon] = visit(costs, gate);
    const share = (halves / 2 + range + 12 * poseidon) / origins.length;
    for (const { line } of origins) rows.set(line, (rows.get(line) ?? 0) + share);
  }
  return rows;
}

/** Range checks bring a lookup argument into the proof. */
export const hasLookups = ({ RangeCheck0 }: RowCounts): boolean => RangeCheck0 > 0;

/** The padded rows of a proof. */
export function domainOf(rows: RowCounts): number {
  const least = hasLookups(rows) ? lookupDomain : 1;
  return Math.max(least, 2 ** Math.ceil(Math.log2(totalRows(rows) + hidingRows)));
}
