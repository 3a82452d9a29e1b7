// Integers that a form with signed coefficients can be, by the bounds of its variables.
import type { Expression, Term, Variable } from '../../constraints/expression.ts';
import type { PrimeField } from '../../numbers/field.ts';
import { interval, scaled, sum, type Interval } from '../../numbers/interval.ts';

export interface Bounded {
  readonly field: PrimeField;
  /** An interval of its value as a signed integer, in all witnesses. */
  boundsOf(variable: Variable): Interval;
}

/** An interval of the form's integers. */
export const formBounds = ({ terms, constant }: Expression, { boundsOf }: Bounded): Interval =>
  terms.reduce(
    (total, { coefficient, variable }) => sum(total, scaled(boundsOf(variable), coefficient)),
    interval(constant, constant),
  );

/** One less than how many integers the sum can be. */
export function spanOf(terms: readonly Term[], bounded: Bounded): bigint {
  const { low, high } = formBounds({ terms, constant: 0n }, bounded);
  return high - low;
}

/** The multiple of the form, with signed coefficients. */
export const multiple = (
  { terms, constant }: Expression,
  factor: bigint,
  { centered }: PrimeField,
): Expression => ({
  terms: terms.map(({ coefficient, variable }) => ({
    coefficient: centered(factor * coefficient),
    variable,
  })),
  constant: centered(factor * constant),
});
