// Polynomials over the variables that nothing defines, with whole coefficients.
import type { Variable } from '../../constraints/expression.ts';
import { centered } from '../../numbers/field.ts';
import { interval, product, scaled, sum, type Interval } from '../../numbers/interval.ts';
import type { Graph } from '../tamper/graph.ts';
import { equation, one } from './form.ts';
import type { Bounds } from './tighten.ts';
import type { LinearGate } from '../../constraints/gates.ts';

/** Coefficients, none of them 0, of products of variables: those in ascending order, joined by commas. */
export type Polynomial = ReadonlyMap<string, bigint>;

const separator = ',';

export const variablesIn = (monomial: string): Variable[] =>
  monomial === '' ? [] : monomial.split(separator).map(Number);

const monomialOf = (variables: readonly Variable[]): string =>
  [...variables].sort((a, b) => a - b).join(separator);

function collect(terms: Iterable<readonly [string, bigint]>): Polynomial {
  const sums = new Map<string, bigint>();
  for (const [monomial, coefficient] of terms)
    sums.set(monomial, (sums.get(monomial) ?? 0n) + coefficient);
  return new Map([...sums].filter(([, coefficient]) => coefficient !== 0n));
}

export const constantOf = (value: bigint): Polynomial => collect([['', value]]);

const variableOf = (variable: Variable): Polynomial => collect([[monomialOf([variable]), 1n]]);

export const plus = (...all: readonly Polynomial[]): Polynomial =>
  collect(all.flatMap((each) => [...each]));

export const times = (a: Polynomial, b: Polynomial): Polynomial =>
  collect(
    [...a].flatMap(([m, x]) =>
      [...b].map(([n, y]) => [monomialOf([...variablesIn(m), ...variablesIn(n)]), x * y] as const),
    ),
  );

export const sameAs = (a: Polynomial, b: Polynomial): boolean =>
  a.size === b.size && [...a].every(([monomial, x]) => b.get(monomial) === x);

/** What multiplies one variable, where each monomial that has it has it once; undefined where one has it twice. */
export function coefficientOf(variable: Variable, of: Polynomial): Polynomial | undefined {
  const own: [string, bigint][] = [];
  for (const [monomial, x] of of) {
    const factors = variablesIn(monomial);
    const others = factors.filter((each) => each !== variable);
    if (others.length < factors.length - 1) return undefined;
    if (others.length < factors.length) own.push([monomialOf(others), x]);
  }
  return collect(own);
}

/** Where it can lie, for variables within bounds; undefined where one has none. */
export function reachOf(polynomial: Polynomial, bounds: Bounds): Interval | undefined {
  let total = interval(0n, 0n);
  for (const [monomial, x] of polynomial) {
    let own = interval(1n, 1n);
    for (const variable of variablesIn(monomial)) {
      const known = bounds.get(variable);
      if (!known) return undefined;
      own = product(own, known);
    }
    total = sum(total, scaled(own, x));
  }
  return total;
}

/** Variables of a circuit as polynomials; undefined where one has more than `most` terms. */
export class Expansion {
  readonly #known = new Map<Variable, Polynomial | undefined>();

  constructor(
    private readonly graph: Graph,
    private readonly most: number,
  ) {}

  of(variable: Variable): Polynomial | undefined {
    if (!this.#known.has(variable)) this.#known.set(variable, this.#expand(variable));
    return this.#known.get(variable);
  }

  /** What a gate says is 0. */
  equation(gate: LinearGate): Polynomial | undefined {
    return this.#sum([...equation(gate)]);
  }

  /** What a variable is by its definition, minus the variable; undefined where it has none. */
  definition(variable: Variable): Polynomial | undefined {
    const [own, itself] = [this.of(variable), variableOf(variable)];
    return own && !sameAs(own, itself) ? plus(own, times(constantOf(-1n), itself)) : undefined;
  }

  #expand(variable: Variable): Polynomial | undefined {
    const gate = this.graph.definitions[variable];
    if (gate?.kind === 'linear') {
      const terms = gate.terms.map((term) => [term.variable, term.coefficient] as const);
      return this.#sum([...terms, [one, gate.constant]]);
    }
    if (gate?.kind === 'constant') return constantOf(centered(gate.value));
    if (gate?.kind !== 'product') return variableOf(variable);
    const [left, right] = [this.of(gate.left), this.of(gate.right)];
    if (!left || !right || left.size * right.size > this.most) return undefined;
    return times(constantOf(centered(gate.scale)), times(left, right));
  }

  #sum(terms: readonly (readonly [Variable, bigint])[]): Polynomial | undefined {
    const parts: Polynomial[] = [];
    for (const [variable, coefficient] of terms) {
      const weight = constantOf(centered(coefficient));
      const own = variable === one ? constantOf(1n) : this.of(variable);
      if (!own) return undefined;
      parts.push(times(weight, own));
    }
    const total = plus(...parts);
    return total.size > this.most ? undefined : total;
  }
}
