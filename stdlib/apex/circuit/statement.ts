// The public statements of the tiles of one unlearning, and the secret inputs of their prover.
import type { InputValues } from '../../../compiler/constraints/witness.ts';
import type { Statement } from '../../../compiler/prover/statement.ts';
import type { Opening } from '../commitments/opening.ts';
import { digestField, digestOf } from '../documents/canonical.ts';
import type { Shape } from './layout.ts';
import { ports } from './tile.ts';

/** The subject of all proofs of one unlearning: digests of documents. */
export interface Subject {
  readonly plan: string;
  readonly registration: string;
  readonly receipt: string;
  readonly window: string;
}

/** The public context of a tile. */
export const contextOf = ({ plan, registration, receipt, window }: Subject, tile: number): bigint =>
  digestField(digestOf({ lethe: 'apex-context', plan, registration, receipt, window, tile }));

/** The public part of a block in a tile. */
export interface PublicBlock {
  readonly shape: Shape;
  /** The leaves of its live columns, ascending. */
  readonly leaves: readonly bigint[];
  /** c_b. */
  readonly commitment: bigint;
}

/** The values in the tables of a tile, a row after the other. */
class Tables {
  readonly #rows = new Map<string, bigint[]>();

  add(name: string, values: readonly bigint[]): void {
    const rows = this.#rows.get(name);
    if (rows) rows.push(...values);
    else this.#rows.set(name, [...values]);
  }

  get entries(): [string, bigint[]][] {
    return [...this.#rows];
  }
}

/** The statement that the proof of a tile must make about the blocks in its places. */
export function tileStatement(context: bigint, places: readonly PublicBlock[]): Statement {
  const tables = new Tables();
  for (const { shape, leaves, commitment } of places) {
    shape.forEach((length, i) => tables.add(ports.leaves(length), [leaves[i]!]));
    tables.add(ports.commitments(shape.length), [commitment]);
  }
  return new Map([[ports.context, [context]], [ports.bound, [context]], ...tables.entries]);
}

/** The secret part of a block: only its client knows it. */
export interface SecretBlock {
  readonly shape: Shape;
  /** Openings of its live columns, ascending. */
  readonly columns: readonly Opening[];
  readonly multipliers: Opening;
}

/** The inputs of a tile's circuit for the blocks in its places. */
export function tileInputs(context: bigint, places: readonly SecretBlock[]): InputValues {
  const tables = new Tables();
  const open = (words: string, salts: string, opening: Opening): void => {
    tables.add(words, opening.words);
    if (opening.salt !== undefined) tables.add(salts, [opening.salt]);
  };
  for (const { shape, columns, multipliers } of places) {
    const k = shape.length;
    shape.forEach((length, i) =>
      open(ports.columns(length), ports.columnSalts(length), columns[i]!),
    );
    open(ports.multipliers(k), ports.multiplierSalts(k), multipliers);
  }
  return new Map<string, readonly bigint[]>([[ports.context, [context]], ...tables.entries]);
}
