// The record of a primitive: everything that is true of it, in one order, in one file per op.
// Shared code never asks which op a line is; it asks the record.
import type { Constraints } from '../constraints/constraints.ts';
import type { Expression } from '../constraints/expression.ts';
import type { Attributes, Kinds, TensorType } from '../ir/program.ts';
import type { Interval, Intervals } from '../numbers/interval.ts';

/** The static facts of one use of an op. */
export interface Call<A extends Attributes = Attributes> {
  readonly attributes: A;
  readonly arguments: readonly TensorType[];
  readonly result: TensorType;
  /** Which values the arguments are: two that are the same value are squared, not multiplied. */
  readonly operands: readonly number[];
}

/** What is known of one element: an interval that holds its integer, and a bound on |fixed − real|. */
export interface Accuracy {
  readonly interval: Interval;
  readonly error: number;
}

/** Intervals of every element of the arguments and of the result, by which a lowering chooses its widths. */
export interface Ranges {
  readonly arguments: readonly Intervals[];
  readonly result: Intervals;
}

/** Another use of the same op: its attributes, and its operands in some order. */
export interface Rewritten<A extends Attributes = Attributes> {
  readonly attributes: A;
  readonly operands: readonly number[];
  /** Quarter rows, more than 0. */
  readonly saved: number;
}

/** A tolerance that rounding alone can exceed. */
export interface Shortfall {
  readonly message: string;
  readonly hint: string;
}

/**
 * A premise of the bound of an error, mostly that of a declared relation. No constraint of the op checks it. It is derived from the circuit, or it is an
 * assumption (`analyses/assumptions/`).
 */
export type Premise =
  /** Every value that the circuit accepts is at most `within` from the hint's value for the real arguments, in real units. */
  | { readonly kind: 'near-hint'; readonly hint: string; readonly within: number }
  /** The argument holds symmetric matrices [..., n, n]. */
  | { readonly kind: 'symmetric'; readonly argument: number }
  /** No eigenvalue of the argument's symmetric matrices is below `least`, in real units. */
  | { readonly kind: 'eigenvalues'; readonly argument: number; readonly least: number }
  /** The author's bounds of the derivatives of a function hold wherever it is used. */
  | { readonly kind: 'derivative-bounds'; readonly function: string };

/** Constants as they were written, and how far from that they are. */
export interface RoundedConstants {
  /** The numbers as written are meant: error bounds count the distances. */
  readonly counted: boolean;
  readonly written: readonly number[];
  /** In real units, rounded upwards. */
  readonly distances: readonly number[];
}

/** An assumption that the author accepts. */
export interface Acceptance {
  readonly name: string;
  readonly reason: string;
}

/** An integer, and where it has to lie. */
export interface Condition {
  readonly value: bigint;
  readonly bounds: Interval;
}

/** The demands of `fixed`, and the value with which later lines can be computed where one is not met. */
export interface Lenient {
  /** One for each element that a Violation can name. `fixed` throws where one does not hold, and only there. */
  readonly conditions: readonly Condition[];
  /** The value of `fixed` where all conditions hold. */
  readonly value: readonly bigint[];
}

/** An input as the outside world sees it. */
export interface Input {
  readonly name: string;
  readonly visibility: 'public' | 'secret';
  /** Its real values are numbers of its format: others are refused where inputs are bound, not rounded. */
  readonly exact?: boolean;
}

/**
 * Tensors are flat, in row-major order. Opaque values have no real meaning: NaN. What few ops have to say stands in groups, by who
 * asks; an op without a group has nothing to say there.
 */
export interface Op<A extends Attributes = Attributes> {
  readonly name: string;
  /** What each attribute holds, in the order in which they are printed. */
  readonly attributes?: Kinds<A>;
  /** Attributes `shape` and `format` are the declared type of the result, printed after the colon. */
  readonly declared?: boolean;
  /** An effect has no value and is never dropped. */
  readonly effect?: boolean;
  /** It has a value and asserts something besides (that a value fits, that a residual is small): never dropped. */
  readonly asserts?: boolean;
  /** An assertion that has a value: its argument's own, in a narrower interval. */
  readonly narrows?: boolean;
  /** Attributes that are notes to a reader: lines that differ in them alone are equal. */
  readonly notes?: readonly (keyof A & string)[];
  /** The result's shape and format. Throws a LetheError with what was expected and what came. */
  type(args: readonly TensorType[], attributes: A): TensorType;
  /** The float64 meaning, as naive as can be. */
  real(args: readonly Float64Array[], call: Call<A>): Float64Array;
  /** The exact integer meaning. Throws a Violation when an honest witness does not exist. */
  fixed(args: readonly (readonly bigint[])[], call: Call<A>): bigint[];
  /** As `fixed`, without a Violation: asked by the search for honest inputs. Absent where `fixed` never throws one. */
  lenient?(args: readonly (readonly bigint[])[], call: Call<A>): Lenient;
  /** For each element of the result an interval that holds its integer. */
  range(args: readonly Intervals[], call: Call<A>): Interval[];
  /**
   * For each element of the result a bound on |fixed · 2^−fraction − real|, rounded upwards (`numbers/upward.ts`), for
   * every value that the circuit accepts. `real` is meant exactly, without float64's own rounding. `meets` is given to an
   * op that chooses (`between`): where its two values are equal at the tie of the decision.
   */
  error(
    args: readonly (readonly Accuracy[])[],
    call: Call<A>,
    meets?: readonly boolean[],
  ): number[];
  /** The constraints. Every advice value is determined here, or declared a relation. */
  lower(
    args: readonly (readonly Expression[])[],
    call: Call<A>,
    constraints: Constraints,
    ranges: Ranges,
  ): Expression[];
  /**
   * The value as linear forms of the arguments' elements, in integers, where it is one in both meanings. Undefined for an element that
   * is none.
   */
  linear?(
    args: readonly (readonly Expression[])[],
    call: Call<A>,
  ): readonly (Expression | undefined)[];
  /** The definition of the value as mathematics writes it, for reports. `operands` are the names of the arguments. */
  formula?(operands: readonly string[], call: Call<A>): string;
  /** The two arguments that the op chooses between, by a bit that is its first argument. Its error may depend on `meets`. */
  readonly between?: readonly [number, number];
  /**
   * How many advice values of the lowering stay open by design: no value depends on them. They need no constraints of their own.
   * The determinism analysis checks it: only after the rules have shown that the line's value is forced, it takes so many of the
   * line's advice values as given, and nothing of the line may be unknown then.
   */
  slack?(call: Call<A>): number;
  /** Premises of the bound of `error`, where the value itself is forced. */
  premises?(call: Call<A>): readonly Premise[];
  readonly work?: Work<A>;
  readonly port?: Port<A>;
  readonly decision?: Decision<A>;
  readonly choice?: Choice<A>;
  readonly precision?: Precision<A>;
  readonly sum?: Sum<A>;
  readonly commitment?: Commitment<A>;
}

/** The elements of a tensor before they are lowered, as far as types tell: linear forms of variables. */
export interface Form {
  /** No element has more; 0 where all are constants. */
  readonly terms: number;
  /** Some element may be a constant, so that its product with a long form is as long. */
  readonly constants: boolean;
}

/**
 * The gates that a line is lowered to, estimated from types alone, before anything is derived of the line. The estimate is never far below the gates
 * that are recorded (test/compiler/program/work.test.ts). `shared/work.ts` has what holds for ops that say nothing here.
 */
export interface Work<A extends Attributes = Attributes> {
  /** Gates, or what takes as long. `forms` are those of the arguments. */
  gates?(call: Call<A>, forms: readonly Form[]): number;
  /** The type of the result. */
  form?(call: Call<A>, forms: readonly Form[]): Form;
}

/** The op declares what the outside world sees of a program. */
export interface Port<A extends Attributes = Attributes> {
  /** Set by the op that declares inputs. */
  input?(attributes: A): Input;
  /** Set by the op that declares outputs: the name of one. */
  output?(attributes: A): string;
  /** Set by the op that accepts assumptions. */
  accepts?(attributes: A): Acceptance;
}

/** The value decides by the sign of a difference, or by its being 0. */
export interface Decision<A extends Attributes = Attributes> {
  /** The differences, where they are linear forms of the arguments. */
  difference?(args: readonly (readonly Expression[])[], call: Call<A>): readonly Expression[];
  /** How far the real difference can be from 0, in real units, where the real decision is another one. */
  margin(args: readonly (readonly Accuracy[])[], call: Call<A>): number[];
}

/**
 * The value is the prover's choice: two equal lines need not agree. Asked by `share-common`, the determinism analysis, the analyses
 * of an honest prover, and attacks.
 */
export interface Choice<A extends Attributes = Attributes> {
  /** The name of the author's function by which an honest prover computes the value; undefined where the op does. */
  hint?(attributes: A): string;
  /**
   * What the circuit accepts, and what the bound of `error` rests on, where the value is declared a relation. Undefined where nothing
   * is declared: then constraints must force the value (`analyses/determinism/`).
   */
  relation(call: Call<A>): string | undefined;
  /** Accepted values lie near a function of the arguments, whatever the prover takes for these: no commitment has to bind them. */
  readonly follows?: true;
  /** The premises of the relation. None where nothing is declared, and where the op holds by construction. */
  premises(call: Call<A>): readonly Premise[];
  /** Throws a Violation unless the value is one that the prover may choose. */
  admits(value: readonly bigint[], args: readonly (readonly bigint[])[], call: Call<A>): void;
  /** As `error`, for a prover who follows the hints. */
  honestError(args: readonly (readonly Accuracy[])[], call: Call<A>): number[];
}

/** How near the reals a value has to be: asked by `analyses/accuracy.ts` and `analyses/completeness.ts`. */
export interface Precision<A extends Attributes = Attributes> {
  /** Set by the op that demands accuracy: the largest |fixed − real| of its argument, in real units. */
  target?(attributes: A): number;
  /** For ops that accept by a tolerance: what an honest prover could fail at because of rounding alone, and the cure. */
  completeness?(args: readonly (readonly Accuracy[])[], call: Call<A>): Shortfall | undefined;
  /** Why its error can have no bound though those of its arguments have, and the cure. */
  readonly unbounded?: { readonly why: string; readonly cure: string };
  /** The constants of the line that were rounded when it was written. */
  rounded?(call: Call<A>): RoundedConstants | undefined;
}

/** What the passes that make sums cheaper know of an op: `fuse-residuals`, `pack-lanes`. */
export interface Sum<A extends Attributes = Attributes> {
  /** The value is the sum of the arguments with these signs, element by element. */
  readonly signs?: readonly (1 | -1)[];
  /** What is asserted of each element of the argument, and all that is. */
  bounds?(attributes: A): Interval;
  /** The op that asserts bounds of x + the value: it takes x, then what this one takes. */
  readonly residual?: string;
  /** The same value in fewer rows, several elements in one field element; undefined where that saves none. */
  inLanes?(call: Call<A>, ranges: Ranges): Rewritten<A> | undefined;
  /** The attributes of the same value with each element by itself. */
  withoutLanes?(attributes: A): A;
}

/** What a commitment to the result says of the arguments: asked by `analyses/commitments.ts`. */
export interface Commitment<A extends Attributes = Attributes> {
  /** The result holds elements of the arguments, unchanged or bindingly: what commits to it commits to them. */
  readonly carries: boolean;
  /** Bits of each element of a row of the argument that the result does not show: random ones hide what commits to them. */
  unseenBits?(call: Call<A>): number[];
}

/** Gives the attributes their types. */
export function defineOp<A extends Attributes>(op: Op<A>): Op<A> {
  return op;
}

/** An integer meaning that does not exist: a value outside its format, an assertion that fails. */
export class Violation extends Error {
  /** `element` is the row-major position in the result (or in the tensor asserted). */
  constructor(
    message: string,
    readonly element: number,
    readonly hint?: string,
  ) {
    super(message);
    this.name = 'Violation';
  }
}

/** A line that says something by itself, whether or not its value is used. */
export const speaks = (op: Op): boolean => Boolean(op.effect || op.asserts);

/** A line that is an assertion to its author, with a value or without. */
export const isAssertion = (op: Op): boolean => Boolean(op.effect || op.narrows);
