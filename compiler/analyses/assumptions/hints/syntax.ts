// The part of JavaScript in which a hint's code can be read: one expression for each element.

export type Operator = '+' | '-' | '*' | '/' | '**';
export type Comparison = '<' | '<=' | '>' | '>=' | '===';

export type Node =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'name'; readonly name: string }
  /** name[index] */
  | { readonly kind: 'item'; readonly name: string; readonly index: string }
  | { readonly kind: 'call'; readonly function: string; readonly arguments: readonly Node[] }
  | { readonly kind: 'negation'; readonly of: Node }
  | { readonly kind: 'binary'; readonly is: Operator; readonly left: Node; readonly right: Node }
  | {
      readonly kind: 'comparison';
      readonly is: Comparison;
      readonly left: Node;
      readonly right: Node;
    }
  | { readonly kind: 'logic'; readonly is: '&&' | '||'; readonly left: Node; readonly right: Node }
  | { readonly kind: 'choice'; readonly when: Node; readonly then: Node; readonly otherwise: Node };

/** `([x, y]) => x.map((v, i) => body)`. */
export interface HintSyntax {
  /** The names of the arguments, in order. */
  readonly arguments: readonly string[];
  /** The argument whose elements the code maps. */
  readonly over: string;
  /** Undefined where the hint gives the argument itself. */
  readonly element?: ElementSyntax;
}

export interface ElementSyntax {
  readonly value: string;
  readonly index?: string;
  readonly body: Node;
}
