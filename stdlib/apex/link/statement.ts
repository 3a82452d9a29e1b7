// The public statements of the tiles of a link, and the secret inputs of their prover.
import type { InputValues } from '../../../compiler/constraints/witness.ts';
import type { Statement } from '../../../compiler/prover/statement.ts';
import { PortValues } from '../circuit/port-values.ts';
import type { Opening } from '../commitments/opening.ts';
import { digestField, digestOf } from '../documents/canonical.ts';
import { challengeDigest, type Challenge } from '../documents/challenge.ts';
import { ports } from './circuit.ts';
import type { LinkShape } from './shape.ts';

/** The public context of a tile: both registrations, and the nonce. */
export const linkContext = (challenge: Challenge, tile: number): bigint => {
  const { plan, registration, replaces } = challenge;
  return digestField(
    digestOf({
      lethe: 'apex-link-context',
      ...{ plan, registration, replaces },
      challenge: challengeDigest(challenge),
      tile,
    }),
  );
};

/** A value for each column of a block: those of S and the linked ones of the old registration, the linked ones of the new one. */
export interface OfColumns<T> {
  readonly live: readonly T[];
  readonly linked: readonly T[];
  readonly new: readonly T[];
}

/** The public part of a block in a tile. */
export interface PublicLinkBlock {
  readonly shape: LinkShape;
  readonly leaves: OfColumns<bigint>;
  /** c_b; where S is empty there is none. */
  readonly commitment: bigint | undefined;
}

/** The statement that the proof of a tile must make about the blocks in its places. */
export function linkStatement(context: bigint, places: readonly PublicLinkBlock[]): Statement {
  const values = new PortValues().set(ports.context, context).set(ports.bound, context);
  for (const { shape, leaves, commitment } of places) {
    shape.live.forEach((length, i) => values.add(ports.old.leaves(length), leaves.live[i]!));
    shape.linked.forEach((length, i) => {
      values.add(ports.old.leaves(length), leaves.linked[i]!);
      values.add(ports.new.leaves(length), leaves.new[i]!);
    });
    if (shape.live.length > 0) values.add(ports.commitments(shape.live.length), commitment!);
  }
  return values.all;
}

/** The secret part of a block: only its client knows it. */
export interface SecretLinkBlock {
  readonly shape: LinkShape;
  readonly columns: OfColumns<Opening>;
  /** The opening of c_b. */
  readonly multipliers: Opening | undefined;
}

/** The inputs of a tile's circuit for the blocks in its places. */
export function linkInputs(context: bigint, places: readonly SecretLinkBlock[]): InputValues {
  const values = new PortValues().set(ports.context, context);
  const open = (of: typeof ports.old, length: number, opening: Opening): void =>
    values.open(of.columns(length), of.columnSalts(length), opening);
  for (const { shape, columns, multipliers } of places) {
    shape.live.forEach((length, i) => open(ports.old, length, columns.live[i]!));
    shape.linked.forEach((length, i) => {
      open(ports.old, length, columns.linked[i]!);
      open(ports.new, length, columns.new[i]!);
    });
    const k = shape.live.length;
    if (k > 0) values.open(ports.multipliers(k), ports.multiplierSalts(k), multipliers!);
  }
  return values.all;
}
