// Zero tests: s = a x i, x = b x s and i = c i s, for a known x. By the first two s is known, and by the third i is.
//
//   Where x = 0, the first says s = 0, and the third i = 0. Where x ≠ 0, the second says b s = 1, so s is 1 / b; and the first says
//   a x i = s ≠ 0, so a is not 0 and i is s / (a x).
import type { Variable } from '../../constraints/expression.ts';
import type { ProductGate } from '../../constraints/gates.ts';

/** The variables that the product forces together with those whose result `productsOf` is asked for. */
export function testedForZero(
  { left, right, out }: ProductGate,
  productsOf: (out: Variable) => readonly ProductGate[],
  isKnown: (variable: Variable) => boolean,
): readonly Variable[] {
  const [x, i] = isKnown(left) ? [left, right] : [right, left];
  if (!isKnown(x) || isKnown(i)) return [];
  const isTimes = (variable: Variable): boolean =>
    productsOf(variable).some(
      (gate) =>
        (gate.left === variable && gate.right === out) ||
        (gate.left === out && gate.right === variable),
    );
  if (!isTimes(x)) return [];
  return isTimes(i) ? [out, i] : isKnown(out) ? [] : [out];
}
