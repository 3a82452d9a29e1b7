// The public statements of the tiles of one unlearning, and the secret inputs of their prover.
import type { InputValues } from '../../../compiler/constraints/witness.ts';
import type { Statement } from '../../../compiler/prover/statement.ts';
import type { Opening } from '../commitments/opening.ts';
import { digestField, digestOf } from '../documents/canonical.ts';
import type { Shape } from './layout.ts';
import { PortValues } from './port-values.ts';
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

/** The statement that the proof of a tile must make about the blocks in its places. */
export function tileStatement(context: bigint, places: readonly PublicBlock[]): Statement {
  const values = new PortValues().set(ports.context, context).set(ports.bound, context);
  for (const { shape, leaves, commitment } of places) {
    shape.forEach((length, i) => values.add(ports.leaves(length), leaves[i]!));
    values.add(ports.commitments(shape.length), commitment);
  }
  return values.all;
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
  const values = new PortValues().set(ports.context, context);
  for (const { shape, columns, multipliers } of places) {
    const k = shape.length;
    shape.forEach((length, i) =>
      values.open(ports.columns(length), ports.columnSalts(length), columns[i]!),
    );
    values.open(ports.multipliers(k), ports.multiplierSalts(k), multipliers);
  }
  return values.all;
}
