// What a template says, before its letters and values mean anything.

/** Characters of the template's text, from `start` to before `end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface Index {
  readonly name: string;
  readonly span: Span;
}

export type Expression = { readonly span: Span } & (
  | { readonly kind: 'number'; readonly text: string }
  /** An interpolated value, by its place among the values; without brackets where `indices` is left out. */
  | { readonly kind: 'value'; readonly place: number; readonly indices?: readonly Index[] }
  /** A name that is no value: a mistake. */
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'call'; readonly name: Index; readonly arguments: readonly Expression[] }
  | { readonly kind: 'sum'; readonly over: readonly Index[]; readonly body: Expression }
  | { readonly kind: 'negation'; readonly of: Expression }
  /** Factors and divisors, from left to right. */
  | { readonly kind: 'product'; readonly factors: readonly Factor[] }
  | {
      readonly kind: 'addition';
      readonly sign: '+' | '-';
      readonly left: Expression;
      readonly right: Expression;
    }
  /** A bit: 1 where the comparison holds. */
  | {
      readonly kind: 'relation';
      readonly is: Comparison;
      readonly left: Expression;
      readonly right: Expression;
    }
  /** A bit of two bits. */
  | {
      readonly kind: 'logic';
      readonly sign: '&' | '|';
      readonly left: Expression;
      readonly right: Expression;
    }
);

export interface Factor {
  readonly of: Expression;
  readonly divides: boolean;
}

export type Comparison = '<' | '<=' | '>' | '>=' | '==';

export interface Result {
  readonly indices: readonly Index[];
  /** An interpolated format, by its place among the values. */
  readonly format?: { readonly place: number; readonly span: Span };
  readonly span: Span;
}

/** `result = side`, or `side op side op side`. */
export interface Statement {
  readonly result?: Result;
  readonly sides: readonly Expression[];
  readonly comparisons: readonly { readonly is: Comparison; readonly span: Span }[];
}

/** The comparisons of a chain, all of which hold: a < b < c is a < b & b < c. One side is itself. */
export function chain(
  [first, ...others]: readonly Expression[],
  comparisons: readonly { readonly is: Comparison }[],
): Expression {
  let previous = first!;
  const relations = others.map((right, i): Expression => {
    const left = previous;
    previous = right;
    return {
      kind: 'relation',
      is: comparisons[i]!.is,
      left,
      right,
      span: spanning(left.span, right.span),
    };
  });
  if (relations.length === 0) return first!;
  return relations.reduce((left, right) => logic('&', left, right));
}

export const logic = (sign: '&' | '|', left: Expression, right: Expression): Expression => ({
  kind: 'logic',
  sign,
  left,
  right,
  span: spanning(left.span, right.span),
});

export const spanning = (first: Span, last: Span): Span => ({ start: first.start, end: last.end });
