// What a template means: operands with a letter for each axis, constants folded, the constants of a product in front of
// it. A sum stands directly over its factors.
import type { Tensor } from '../tensor.ts';
import { isOne, times, whole, type Rational } from './rational.ts';
import type { Comparison, Span } from './syntax.ts';

export interface Constant {
  readonly kind: 'constant';
  readonly value: Rational;
  readonly span: Span;
}

/** `axes` names an index for each axis; one that occurs twice means the diagonal. */
export type TensorTerm = { readonly span: Span } & (
  | { readonly kind: 'operand'; readonly tensor: Tensor; readonly axes: readonly string[] }
  | {
      readonly kind: 'product';
      readonly factor: Rational;
      readonly factors: readonly TensorTerm[];
    }
  | {
      readonly kind: 'sum';
      readonly over: readonly string[];
      readonly factors: readonly TensorTerm[];
    }
  | {
      readonly kind: 'addition';
      readonly sign: '+' | '-';
      readonly left: Term;
      readonly right: Term;
    }
  | {
      readonly kind: 'where';
      readonly mask: TensorTerm;
      readonly chosen: Term;
      readonly other: Term;
    }
  /** A bit. */
  | {
      readonly kind: 'relation';
      readonly is: Comparison;
      readonly left: Term;
      readonly right: Term;
    }
  /** A bit of two. */
  | {
      readonly kind: 'logic';
      readonly sign: '&' | '|';
      readonly left: TensorTerm;
      readonly right: TensorTerm;
    }
  | { readonly kind: 'extremum'; readonly name: 'max' | 'min'; readonly of: readonly Term[] }
  | { readonly kind: 'unary'; readonly name: Unary; readonly of: TensorTerm }
  | { readonly kind: 'quotient'; readonly dividend: Term; readonly divisor: TensorTerm }
);

/** Methods of a tensor without arguments that templates have as functions. */
export type Unary = 'abs' | Rounded;

/** Their results are rounded, as quotients are, to a format that can be given. */
export type Rounded = 'sqrt' | 'rsqrt' | 'reciprocal';

export type Term = Constant | TensorTerm;

export const distinct = <T>(items: readonly T[]): T[] => [...new Set(items)];

/** The indices of a term that no sum inside binds, in the order of their first occurrence. */
export function freeOf(term: Term): string[] {
  switch (term.kind) {
    case 'constant':
      return [];
    case 'operand':
      return distinct(term.axes);
    case 'product':
      return distinct(term.factors.flatMap(freeOf));
    case 'sum':
      return distinct(term.factors.flatMap(freeOf)).filter((index) => !term.over.includes(index));
    case 'addition':
    case 'relation':
    case 'logic':
      return distinct([term.left, term.right].flatMap(freeOf));
    case 'extremum':
      return distinct(term.of.flatMap(freeOf));
    case 'unary':
      return freeOf(term.of);
    case 'quotient':
      return distinct([term.dividend, term.divisor].flatMap(freeOf));
    case 'where':
      return distinct([term.mask, term.chosen, term.other].flatMap(freeOf));
  }
}

/** factor · Π factors; the constants of factors move to the front, a product in parentheses stays one. */
export function productOf(
  factor: Rational,
  factors: readonly TensorTerm[],
  span: Span,
): TensorTerm {
  const one = whole(1n);
  const product = factors.reduce((p, f) => (f.kind === 'product' ? times(p, f.factor) : p), factor);
  const bare = factors.map((f) =>
    f.kind !== 'product' ? f : f.factors.length === 1 ? f.factors[0]! : { ...f, factor: one },
  );
  const [first] = bare;
  if (bare.length === 1 && first?.kind === 'product') return { ...first, factor: product, span };
  if (bare.length === 1 && isOne(product)) return first!;
  return { kind: 'product', factor: product, factors: bare, span };
}

/** Σ over the body; constants move out of it, and a sum of a sum is one. */
export function sumOf(over: readonly string[], body: TensorTerm, span: Span): TensorTerm {
  if (body.kind === 'sum') return { ...body, over: [...over, ...body.over], span };
  if (body.kind !== 'product') return { kind: 'sum', over, factors: [body], span };
  const { factor, factors } = body;
  const inner: TensorTerm =
    factors.length === 1 ? sumOf(over, factors[0]!, span) : { kind: 'sum', over, factors, span };
  return productOf(factor, [inner], span);
}
