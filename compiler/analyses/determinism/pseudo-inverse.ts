// Products that make i the inverse of x, or 0 where x is 0:
//
//   s = a · x · i,   x = b · x · s,   i = c · i · s      for constants a, b, c ≠ 0
//
// Where x is known, s and i are: for x = 0 the first says s = 0, and then the third i = 0; for x ≠ 0 the second says
// s = 1 / b, and then the first i = s / (a x). The gates are symmetric in x and i.
import type { Variable } from '../../constraints/expression.ts';
import type { ProductGate } from '../../constraints/gates.ts';
import type { ConstraintSystem } from '../../constraints/system.ts';
import type { PrimeField } from '../../numbers/field.ts';

/** The gates s = a · x · i that have the two others. */
export function pseudoInverses(
  { gates }: ConstraintSystem,
  { canonical }: PrimeField,
): ReadonlySet<ProductGate> {
  const products = gates.flatMap(({ gate }) =>
    gate.kind === 'product' && canonical(gate.scale) !== 0n ? [gate] : [],
  );
  /** By u, the v with u = b · u · v. */
  const kept = new Map<Variable, Set<Variable>>();
  const note = (u: Variable, v: Variable): void => {
    kept.set(u, (kept.get(u) ?? new Set()).add(v));
  };
  for (const { left, right, out } of products) {
    if (out === left) note(left, right);
    if (out === right) note(right, left);
  }
  return new Set(
    products.filter(
      ({ left, right, out }) => kept.get(left)?.has(out) && kept.get(right)?.has(out),
    ),
  );
}
