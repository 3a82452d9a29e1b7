// The terms of an equation in constraints: coefficients times powers of the unknown.
import { constant, isConstant, scale, type Expression } from '../../../constraints/expression.ts';
import type { Constraints } from '../../../constraints/constraints.ts';

/** Long forms as single variables, since each is used more than once. */
export const sealedCoefficients = (
  constraints: Constraints,
  coefficients: readonly Expression[],
): Expression[] =>
  coefficients.map((each, k) => {
    const short = each.terms.length === 1 && (k === 0 || each.constant === 0n);
    return isConstant(each) || short ? each : constraints.seal(each);
  });

/** a_k x^j for 0 ≤ j ≤ k, by coefficient and power. Where a_k is constant, it multiplies the powers of x that all such share. */
export function monomials(
  constraints: Constraints,
  coefficients: readonly Expression[],
  x: Expression,
): Expression[][] {
  const highest = coefficients.findLastIndex((each) => isConstant(each) && each.constant !== 0n);
  const powers = [constant(1n), x];
  for (let j = 2; j <= highest; j++) powers.push(constraints.product(powers[j - 1]!, x));
  return coefficients.map((coefficient, k) => {
    const own = [coefficient];
    for (let j = 1; j <= k; j++) {
      if (!isConstant(coefficient)) own.push(constraints.product(own[j - 1]!, x));
      else
        own.push(
          coefficient.constant === 0n ? coefficient : scale(powers[j]!, coefficient.constant),
        );
    }
    return own;
  });
}
