// What every lowering calls: the whole language of constraints. Linear combination is free (expression.ts);
// how the rest is paid for in gates is the business of the implementation (arithmetizer.ts for kimchi's gates).
import type { Expression } from './expression.ts';

/** Reads values of expressions while a witness is made: as signed integers in (−p/2, p/2). */
export type Read = (expression: Expression) => bigint;

/** Computes advice from earlier values; the values may be negative. */
export type Compute = (read: Read) => readonly bigint[];

export interface Constraints {
  /** `count` values that the prover chooses freely. The caller owes the constraints that determine them. */
  advice(count: number, compute: Compute): Expression[];
  /**
   * `count` values that the prover chooses in [0, 2^bits), range check included. The check may be as wide as `most`
   * bits where that is cheaper, for a caller whose other constraints determine the values.
   */
  ranged(count: number, bits: number, compute: Compute, most?: number): Expression[];
  /** e as a single variable: cheaper where a long form is used more than once. */
  seal(e: Expression): Expression;
  /** a · b. */
  product(a: Expression, b: Expression): Expression;
  /** e = 0. */
  assertZero(e: Expression): void;
  /** a · b = c. */
  assertProduct(a: Expression, b: Expression, c: Expression): void;
  /**
   * 0 ≤ e < 2^bits, read as an integer. Sound for every field element e. The check may be as wide as `most` bits where that
   * is cheaper, for a caller who only says that e is not negative.
   */
  range(e: Expression, bits: number, most?: number): void;
  /** The four 12-bit limbs of 0 ≤ e < 2^64 from bit 16 on, lowest first, by the row that checks that range: once for each e. */
  limbs(e: Expression): Expression[];
  /** Poseidon's permutation. */
  permute(
    state: readonly [Expression, Expression, Expression],
  ): [Expression, Expression, Expression];
  /** Poseidon of the inputs, at least one. */
  hash(inputs: readonly Expression[]): Expression;
  /** The values of an input tensor; public ones are part of the statement, in the order of declaration. */
  input(name: string, count: number, visibility: 'public' | 'secret'): Expression[];
  /** Makes values part of the statement, under a name. */
  expose(name: string, values: readonly Expression[]): void;
  /** Names the element that the next constraints belong to, for messages. */
  element(position: number): void;
}
