// Linear forms over the variables of a circuit: Σ coefficient · variable + constant. They cost nothing until
// something needs them as one variable.

/** The number of a variable. */
export type Variable = number;

export interface Expression {
  readonly terms: readonly Term[];
  readonly constant: bigint;
}

export interface Term {
  readonly coefficient: bigint;
  readonly variable: Variable;
}

export const constant = (value: bigint): Expression => ({ terms: [], constant: value });

export const fromVariable = (variable: Variable): Expression => ({
  terms: [{ coefficient: 1n, variable }],
  constant: 0n,
});

export const isConstant = (e: Expression): boolean => e.terms.length === 0;

/** Σ weights[i] · expressions[i], in time linear in the number of terms. */
export function linear(
  expressions: readonly Expression[],
  weights?: readonly bigint[],
): Expression {
  const coefficients = new Map<Variable, bigint>();
  let total = 0n;
  expressions.forEach((expression, i) => {
    const weight = weights?.[i] ?? 1n;
    if (weight === 0n) return;
    total += weight * expression.constant;
    for (const { coefficient, variable } of expression.terms)
      coefficients.set(variable, (coefficients.get(variable) ?? 0n) + weight * coefficient);
  });
  const terms: Term[] = [];
  for (const [variable, coefficient] of coefficients)
    if (coefficient !== 0n) terms.push({ coefficient, variable });
  return { terms, constant: total };
}

export const add = (a: Expression, b: Expression): Expression => linear([a, b]);
export const subtract = (a: Expression, b: Expression): Expression => linear([a, b], [1n, -1n]);

export function scale(e: Expression, factor: bigint): Expression {
  return factor === 1n ? e : linear([e], [factor]);
}

export function offset(e: Expression, by: bigint): Expression {
  return by === 0n ? e : { terms: e.terms, constant: e.constant + by };
}

/** The value of the form, as an integer that is not yet reduced modulo p. */
export function evaluate(e: Expression, values: readonly bigint[]): bigint {
  let total = e.constant;
  for (const { coefficient, variable } of e.terms) total += coefficient * values[variable]!;
  return total;
}
