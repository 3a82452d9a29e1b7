// What one gate forces, given what is known: by default, the same in all witnesses that agree on the inputs and on the
// declared values (determination.ts). A rule looks at gates, never at how an honest prover computes.
import type { Variable } from '../../constraints/expression.ts';
import type { Gates } from '../../constraints/gates.ts';
import type { Interval } from '../../numbers/interval.ts';

import type { PermutationRule } from './binding.ts';
import { rowsFit, type Arithmetic } from './arithmetic.ts';

export interface Facts {
  isKnown(variable: Variable): boolean;
  /** Of its value as a signed integer, in all witnesses. */
  boundsOf(variable: Variable): Interval;
  /** Whether it is 0 in no witness. */
  neverZero(variable: Variable): boolean;
}

/** Variables that a gate forces; linear gates are equations, and have rules of their own (`determination.ts`). */
export const rulesGiven = (
  { isKnown, boundsOf, neverZero }: Facts,
  {
    arithmetic,
    permutations,
  }: { readonly arithmetic: Arithmetic; readonly permutations: PermutationRule },
): Gates<readonly Variable[]> => {
  const { canonical } = arithmetic.field;
  const unique = rowsFit(arithmetic);
  const oneSign = (variable: Variable): boolean => {
    const { low, high } = boundsOf(variable);
    return low >= 0n || high <= 0n;
  };
  return {
    // Forwards: out is a function of the factors. Backwards: s · a · b = out has one solution b where s a ≠ 0, and a ≠ 0
    // is sure where a's bounds exclude 0, or out's do: a product that is not 0 has no factor 0. A square has two
    // roots, a and −a: one where the bounds of a admit one sign only.
    product({ scale, left, right, out }) {
      if (isKnown(left) && isKnown(right)) return [out];
      if (!isKnown(out) || canonical(scale) === 0n) return [];
      if (left === right) return oneSign(left) ? [left] : [];
      const solvable = (factor: Variable): boolean =>
        isKnown(factor) && (neverZero(factor) || neverZero(out));
      return solvable(left) ? [right] : solvable(right) ? [left] : [];
    },
    poseidon: permutations.rule,
    // A value in [0, 2^64) has one binary representation, and the limbs are parts of it. They leave out its 16 lowest
    // bits, so they do not force it in turn.
    range64: ({ value, limbs }) => (unique && isKnown(value) ? limbs : []),
    // These bound values (range.ts), and what has one value left is known from the start.
    boolean: () => [],
    constant: () => [],
    range12: () => [],
    linear: () => [],
    equal: () => [],
  };
};
