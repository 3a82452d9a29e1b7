// How a case becomes a narrower one.
import type { Expression } from '../../../constraints/expression.ts';
import { interval } from '../../../numbers/interval.ts';
import type { Node } from './pair.ts';
import type { Case } from './propagate.ts';

/** Changes a copy of the case into one of those that it falls into. */
export type Branch = (own: Case) => void;

export interface Split {
  readonly branches: readonly Branch[];
  /** The pair of products that it uses up. */
  readonly twin?: number;
}

export const fixing =
  (node: Node, value: bigint): Branch =>
  ({ bounds }) => {
    bounds[node] = interval(value, value);
  };

export const adding =
  (row: Expression): Branch =>
  ({ rows }) => {
    rows.push(row);
  };

/** A sum of multiples of nodes. */
export const form = (...terms: readonly (readonly [bigint, Node])[]): Expression => ({
  terms: terms.map(([coefficient, variable]) => ({ coefficient, variable })),
  constant: 0n,
});
