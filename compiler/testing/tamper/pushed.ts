// What pushing the values of a circuit says.
import type { InputValues } from '../../constraints/witness.ts';

export interface Place {
  readonly line: number;
  readonly element: number;
}

/** A witness that the circuit accepts, with a value that it should refuse. */
export interface Pushed extends Place {
  /** The value is farther from the reals than it may be; or nothing is declared of it, and it is not the only one. */
  readonly kind: 'too-far' | 'not-forced';
  /** The value that was pushed: this one, or one that it is computed from. */
  readonly from: Place;
  /** Integers, in units of the last place. */
  readonly honest: bigint;
  readonly accepted: bigint;
  /** From the real meaning, and what it may be; in real units. */
  readonly distance: number;
  readonly bound: number;
  readonly message: string;
  readonly inputs: InputValues;
  /** All variables. */
  readonly witness: readonly bigint[];
}

/** How far from the reals a value could be pushed, and how far it may be. */
export interface Reach extends Place {
  readonly distance: number;
  readonly bound: number;
}

export interface PushResult {
  /** How many values the prover chooses, and those of them that were pushed. */
  readonly values: number;
  readonly reached: readonly Reach[];
  /** Witnesses. */
  readonly tried: number;
  readonly found: readonly Pushed[];
}
