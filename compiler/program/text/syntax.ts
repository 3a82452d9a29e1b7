// What a text says before anything is known of ops: its lines as words and literals, each with its place.

/** Both count from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

export interface Word {
  readonly text: string;
  readonly place: Place;
}

export interface Scalar {
  readonly kind: 'number' | 'string' | 'word';
  /** As it is written; of a string what it means. */
  readonly text: string;
}

/** A number may be a bigint or a float64, a word a format: the op that it is given to decides. */
export type Literal = Scalar | { readonly kind: 'list'; readonly items: readonly Scalar[] };

/** `key=value`. */
export interface Pair {
  readonly key: Word;
  readonly value: Literal;
  /** Of the value. */
  readonly place: Place;
}

/** `q24.20[2,8]`. */
export interface TypeText {
  readonly format: Word;
  readonly lengths: readonly string[];
}

/** `circuit name [key=1]`. */
export interface Header {
  readonly place: Place;
  readonly name: string;
  readonly parameters: readonly { readonly key: Word; readonly value: Word }[];
}

/** `%3 = add x %2 key=value : q9.0[2]`; inputs read the same way: `secret x : q8.0[2]`. */
export interface Operation {
  readonly place: Place;
  readonly label?: Word;
  readonly op: Word;
  readonly operands: readonly Word[];
  readonly attributes: readonly Pair[];
  readonly type?: TypeText;
}

/** A line that cannot be read; what later lines call its value is not unknown to them. */
export interface Unreadable {
  readonly place: Place;
  readonly defines?: string;
}

export interface Finding {
  readonly place: Place;
  readonly message: string;
  readonly hint: string;
}

export interface Reading {
  readonly header?: Header;
  readonly lines: readonly (Operation | Unreadable)[];
  /** From their # to the end of the line. */
  readonly comments: readonly Word[];
  readonly findings: readonly Finding[];
}
