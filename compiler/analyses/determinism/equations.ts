// The linear gates as equations Σ c v + k = 0 with signed coefficients, and the variables that they define: partial
// sums and sealed forms, which stand for the values of which they are made.
import { linear, type Expression, type Term, type Variable } from '../../constraints/expression.ts';
import { visit, type Gates } from '../../constraints/gates.ts';
import type { ConstraintSystem } from '../../constraints/system.ts';
import type { PrimeField } from '../../numbers/field.ts';
import { kimchi } from './arithmetic.ts';

export interface Equations {
  readonly field: PrimeField;
  /** By gate; undefined for gates that are not linear. */
  readonly ofGate: readonly (Expression | undefined)[];
  /**
   * By variable, the gate that gives it as a sum of variables with smaller numbers: so that no definition is circular.
   * Variables with a range check of their own are not looked through: the check says more than the sum.
   */
  readonly definitions: readonly (number | undefined)[];
}

export function findEquations(system: ConstraintSystem, { field } = kimchi): Equations {
  const equationOf = equationsIn(field);
  const checked = checkedVariables(system);
  const definitions = new Array<number | undefined>(system.variables).fill(undefined);
  const ofGate = system.gates.map(({ gate }, number) => {
    const equation = visit(equationOf, gate);
    if (equation && (gate.kind === 'linear' || gate.kind === 'equal')) {
      const out = gate.kind === 'linear' ? gate.out : gate.right;
      const newest = equation.terms.every(({ variable }) => variable <= out);
      const own = equation.terms.find(({ variable }) => variable === out);
      if (newest && own?.coefficient === -1n && !checked.has(out)) definitions[out] ??= number;
    }
    return equation;
  });
  return { field, ofGate, definitions };
}

type IsKnown = (variable: Variable) => boolean;

/** A sum of the variables that stand behind the terms, with each definition put in place of what it defines. */
export const expand = (
  terms: readonly Term[],
  equations: Equations,
  isKnown: IsKnown = () => false,
): Term[] => takeApart({ terms, constant: 0n }, equations, isKnown).unknown;

/** A form as a sum of variables that are not known, and of a form of known ones. */
export interface Parts {
  readonly unknown: Term[];
  readonly known: Expression;
}

/** The variables that stand behind the form, with each definition put in place of what it defines, unless that is known. */
export function takeApart(
  form: Expression,
  { field, ofGate, definitions }: Equations,
  isKnown: IsKnown,
): Parts {
  const definitionOf = (variable: Variable): Expression | undefined => {
    const gate = definitions[variable];
    return gate === undefined ? undefined : ofGate[gate]!;
  };
  const reached = new Set<Variable>();
  const pending = form.terms.map(({ variable }) => variable);
  for (let variable = pending.pop(); variable !== undefined; variable = pending.pop()) {
    if (reached.has(variable) || isKnown(variable)) continue;
    reached.add(variable);
    definitionOf(variable)?.terms.forEach((term) => pending.push(term.variable));
  }
  const coefficients = new Map<Variable, bigint>();
  const addTerm = ({ variable, coefficient }: Term, factor: bigint): void => {
    const sum = (coefficients.get(variable) ?? 0n) + factor * coefficient;
    coefficients.set(variable, field.centered(sum));
  };
  form.terms.forEach((term) => addTerm(term, 1n));
  let constant = form.constant;
  const unknown: Term[] = [];
  // A definition speaks of smaller numbers alone: from the largest down, each is complete when it is reached.
  for (const variable of [...reached].sort((a, b) => b - a)) {
    const coefficient = coefficients.get(variable) ?? 0n;
    coefficients.delete(variable);
    if (coefficient === 0n) continue;
    const definition = definitionOf(variable);
    if (!definition) unknown.push({ coefficient, variable });
    else {
      constant += coefficient * definition.constant;
      for (const term of definition.terms)
        if (term.variable !== variable) addTerm(term, coefficient);
    }
  }
  const known = [...coefficients].flatMap(([variable, coefficient]) =>
    coefficient === 0n ? [] : [{ coefficient, variable }],
  );
  return { unknown, known: { terms: known, constant: field.centered(constant) } };
}

/** With the coefficients of one variable added up, and none that is 0. */
export function signed(
  { terms, constant }: Expression,
  { centered }: PrimeField = kimchi.field,
): Expression {
  return {
    terms: linear([{ terms, constant }])
      .terms.map(({ coefficient, variable }) => ({ coefficient: centered(coefficient), variable }))
      .filter(({ coefficient }) => coefficient !== 0n),
    constant: centered(constant),
  };
}

const none = (): undefined => undefined;

const equationsIn = (field: PrimeField): Gates<Expression | undefined> => ({
  linear: ({ terms, constant, out }) =>
    signed({ terms: [...terms, { coefficient: -1n, variable: out }], constant }, field),
  equal: ({ left, right }) =>
    signed(
      {
        terms: [
          { coefficient: 1n, variable: left },
          { coefficient: -1n, variable: right },
        ],
        constant: 0n,
      },
      field,
    ),
  product: none,
  boolean: none,
  constant: none,
  range12: none,
  range64: none,
  poseidon: none,
});

/** The variables that a gate checks into a range. */
const checks: Gates<readonly Variable[]> = {
  boolean: ({ variable }) => [variable],
  range12: ({ limbs }) => limbs,
  range64: ({ value, limbs }) => [value, ...limbs],
  linear: () => [],
  equal: () => [],
  product: () => [],
  constant: () => [],
  poseidon: () => [],
};

const checkedVariables = ({ gates }: ConstraintSystem): ReadonlySet<Variable> =>
  new Set(gates.flatMap(({ gate }) => visit(checks, gate)));
