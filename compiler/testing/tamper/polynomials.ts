// Where a failing gate is a polynomial of a variable, the gate holds at the roots of the polynomial: over the integers,
// or anywhere in the field. A missing range check lets a root modulo p through.
import type { Variable } from '../../constraints/expression.ts';
import { variablesOf } from '../../constraints/gates.ts';
import { canonical } from '../../numbers/field.ts';
import { rootsInField } from '../../numbers/field-roots.ts';
import type { Form } from './gradient.ts';
import { isFree, type Graph } from './graph.ts';

/** The highest degree of an equation whose roots are looked for. */
const mostDegree = 12;
/** Definitions that are followed. */
const reach = 300;

/** Coefficients, the lowest degree first. */
type Coefficients = readonly bigint[];

/** How many more equations may be solved: one takes as long as some hundred attacks. */
export interface Allowance {
  left: number;
}

/**
 * Free variables, each with a value for which Σ weight · variable moves by −`by`. The sum is a polynomial of degree 2 at least in the
 * variable; its derivative may be 0.
 */
export function* rootsOf(
  graph: Graph,
  values: readonly bigint[],
  form: Form,
  by: bigint,
  held: (variable: Variable) => boolean,
  allowance: Allowance,
): Generator<readonly [Variable, bigint]> {
  for (const unknown of freeBehind(graph, form)) {
    if (held(unknown)) continue;
    const equation = equationIn(graph, values, form, by, unknown);
    if (!equation || equation.length < 3) continue;
    if (allowance.left-- <= 0) return;
    for (const root of rootsInField(equation)) yield [unknown, root];
  }
}

/** Free variables that the form is made of, nearest first. */
function freeBehind(graph: Graph, form: Form): Variable[] {
  const seen = new Set(form.keys());
  for (const variable of seen) {
    if (seen.size > reach) break;
    const gate = graph.definitions[variable];
    if (gate && gate.kind !== 'poseidon')
      for (const each of variablesOf(gate)) if (each < variable) seen.add(each);
  }
  return [...seen].filter((variable) => isFree(graph, variable));
}

/** The form plus a constant, as a polynomial of one variable, that is `by` at its value; undefined past the limits. */
function equationIn(
  graph: Graph,
  values: readonly bigint[],
  form: Form,
  by: bigint,
  unknown: Variable,
): Coefficients | undefined {
  const known = new Map<Variable, Coefficients>([[unknown, [0n, 1n]]]);
  let left = reach;
  let total: Coefficients = [by];
  for (const [variable, weight] of form) {
    const own = polynomialOf(variable);
    if (!own) return undefined;
    total = plus(total, scaled(own, weight), [-weight * values[variable]!]);
  }
  return total;

  /** Undefined past the limits. Variables that follow from no others keep their values. */
  function polynomialOf(variable: Variable): Coefficients | undefined {
    const before = known.get(variable);
    if (before) return before;
    if (left-- <= 0) return undefined;
    const own = define(variable);
    if (own) known.set(variable, own);
    return own;
  }

  function define(variable: Variable): Coefficients | undefined {
    const gate = variable > unknown ? graph.definitions[variable] : undefined;
    switch (gate?.kind) {
      case 'equal':
        return polynomialOf(gate.left);
      case 'linear': {
        const terms = gate.terms.map((term) => {
          const own = polynomialOf(term.variable);
          return own && scaled(own, term.coefficient);
        });
        return terms.every((each) => each !== undefined)
          ? plus([gate.constant], ...terms)
          : undefined;
      }
      case 'product': {
        const [a, b] = [polynomialOf(gate.left), polynomialOf(gate.right)];
        return a && b && a.length + b.length - 2 <= mostDegree
          ? scaled(times(a, b), gate.scale)
          : undefined;
      }
      default:
        return [values[variable]!];
    }
  }
}

function plus(...all: readonly Coefficients[]): Coefficients {
  const length = Math.max(...all.map((each) => each.length));
  const sums = Array.from({ length }, (_, k) =>
    canonical(all.reduce((sum, each) => sum + (each[k] ?? 0n), 0n)),
  );
  while (sums.at(-1) === 0n) sums.pop();
  return sums;
}

const scaled = (a: Coefficients, by: bigint): Coefficients => a.map((x) => canonical(x * by));

function times(a: Coefficients, b: Coefficients): Coefficients {
  const sums = new Array<bigint>(Math.max(a.length + b.length - 1, 0)).fill(0n);
  a.forEach((x, i) => b.forEach((y, j) => (sums[i + j] = sums[i + j]! + x * y)));
  return sums.map(canonical);
}
