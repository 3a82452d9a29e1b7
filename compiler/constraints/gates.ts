// The gates of kimchi that circuits are made of, as data, and the interface of everything that takes them:
// the recorder keeps them, the checker evaluates them, and the kimchi target hands them to o1js.
import type { Variable } from './expression.ts';

/** scale · left · right = out: half a Generic row. */
export interface ProductGate {
  readonly kind: 'product';
  readonly scale: bigint;
  readonly left: Variable;
  readonly right: Variable;
  readonly out: Variable;
}

/** Σ coefficient · variable + constant = out, over one or two different variables: half a Generic row. */
export interface LinearGate {
  readonly kind: 'linear';
  readonly terms: readonly { readonly coefficient: bigint; readonly variable: Variable }[];
  readonly constant: bigint;
  readonly out: Variable;
}

/** x² = x: half a Generic row. */
export interface BooleanGate {
  readonly kind: 'boolean';
  readonly variable: Variable;
}

/** left = right: a wire, no row. */
export interface EqualGate {
  readonly kind: 'equal';
  readonly left: Variable;
  readonly right: Variable;
}

/** x = value: a wire to a constant that costs half a Generic row once. */
export interface ConstantGate {
  readonly kind: 'constant';
  readonly variable: Variable;
  readonly value: bigint;
}

/** Four variables in [0, 2^12): one RangeCheck0 row, whose 64-bit value nothing else uses. */
export interface Range12Gate {
  readonly kind: 'range12';
  readonly limbs: readonly [Variable, Variable, Variable, Variable];
}

/** value in [0, 2^64), and limbs = its bits from 16, 28, 40 and 52 on, 12 each: one RangeCheck0 row. */
export interface Range64Gate {
  readonly kind: 'range64';
  readonly value: Variable;
  readonly limbs: readonly [Variable, Variable, Variable, Variable];
}

/** output = permutation(input): eleven Poseidon rows and a Zero row. */
export interface PoseidonGate {
  readonly kind: 'poseidon';
  readonly input: readonly [Variable, Variable, Variable];
  readonly output: readonly [Variable, Variable, Variable];
}

export type Gate =
  | ProductGate
  | LinearGate
  | BooleanGate
  | EqualGate
  | ConstantGate
  | Range12Gate
  | Range64Gate
  | PoseidonGate;

export type GateKind = Gate['kind'];
export type GateOf<K extends GateKind> = Extract<Gate, { kind: K }>;

/** One method for each kind of gate. */
export type Gates<Result> = { readonly [K in GateKind]: (gate: GateOf<K>) => Result };

/** Hands a gate to the method of its kind. */
export function visit<Result>(gates: Gates<Result>, gate: Gate): Result {
  return (gates[gate.kind] as (gate: Gate) => Result)(gate);
}

/** The first bit of each limb of a 64-bit range check. */
export const limbOffsets = [16, 28, 40, 52] as const;

const variables: Gates<readonly Variable[]> = {
  product: ({ left, right, out }) => [left, right, out],
  linear: ({ terms, out }) => [...terms.map(({ variable }) => variable), out],
  boolean: ({ variable }) => [variable],
  equal: ({ left, right }) => [left, right],
  constant: ({ variable }) => [variable],
  range12: ({ limbs }) => limbs,
  range64: ({ value, limbs }) => [value, ...limbs],
  poseidon: ({ input, output }) => [...input, ...output],
};

/** The variables that a gate constrains. */
export const variablesOf = (gate: Gate): readonly Variable[] => visit(variables, gate);
