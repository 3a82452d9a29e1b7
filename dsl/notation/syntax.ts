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
  | { readonly kind: 'product'; readonly factors: readonly Expression[] }
  | {
      readonly kind: 'addition';
      readonly sign: '+' | '-';
      readonly left: Expression;
      readonly right: Expression;
    }
);

export type Comparison = '<' | '<=' | '>' | '>=' | '==';

/** `result = side`, or `side op side op side`. */
export interface Statement {
  readonly result?: { readonly indices: readonly Index[]; readonly span: Span };
  readonly sides: readonly Expression[];
  readonly comparisons: readonly { readonly is: Comparison; readonly span: Span }[];
}

export const spanning = (first: Span, last: Span): Span => ({ start: first.start, end: last.end });
