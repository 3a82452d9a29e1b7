// Bounds that a definite matrix implies. Where other gates say x = K ν, for K = c I + Σ_k r_k r_kᵀ, then
// ν · x = c |ν|² + Σ_k (r_k · ν)², so that c |ν| ≤ |x|: what bounds x bounds ν, whatever r_k are. The r_k are found as the
// coefficients of linear forms in ν that products are made of.
import type { Variable } from '../../constraints/expression.ts';
import { modulus } from '../../numbers/field.ts';
import { interval, magnitude } from '../../numbers/interval.ts';
import { floorRoot } from '../../numbers/square-root.ts';
import type { Graph } from '../tamper/graph.ts';
import type { Bounds } from './tighten.ts';
import {
  coefficientOf,
  constantOf,
  Expansion,
  plus,
  reachOf,
  sameAs,
  times,
  variablesIn,
  type Polynomial,
} from './polynomial.ts';

/** With more of them, the polynomials would be large. */
const [mostUnknowns, mostTerms] = [8, 400];

/** Bounds of ν by what `bounds` says of the other variables; undefined where there are none to be found. */
export function definiteBounds(
  graph: Graph,
  bounds: Bounds,
  unknowns: readonly Variable[],
): Bounds | undefined {
  if (unknowns.length > mostUnknowns) return undefined;
  const expansion = new Expansion(graph, mostTerms);
  const factors = factorsOf(graph, expansion, unknowns);
  const systems = rowsOfSystem(graph, expansion, unknowns);
  let [least, squares] = [0n, 0n];
  for (const [n] of unknowns.entries()) {
    const found = systems
      .map((each) => readRow(each, n, factors, bounds))
      .find((each) => each !== undefined);
    if (!found) return undefined;
    least = n === 0 || found.shift < least ? found.shift : least;
    squares += found.reach ** 2n;
  }
  // c |ν_n| ≤ √Σ x².
  const most = floorRoot(squares / least ** 2n);
  return new Map(unknowns.map((variable) => [variable, interval(-most, most)]));
}

/** A polynomial that is 0: the coefficients of the unknowns in it, and what has none of them. */
interface Row {
  readonly whole: Polynomial;
  readonly coefficients: readonly Polynomial[];
  readonly rest: Polynomial;
}

/** Σ coefficient · unknown + rest, where that is what it is and no coefficient has an unknown. */
function split(polynomial: Polynomial, unknowns: readonly Variable[]): Row | undefined {
  const count = (monomial: string): number =>
    variablesIn(monomial).filter((each) => unknowns.includes(each)).length;
  if ([...polynomial.keys()].some((monomial) => count(monomial) > 1)) return undefined;
  return {
    whole: polynomial,
    coefficients: unknowns.map((each) => coefficientOf(each, polynomial)!),
    rest: new Map([...polynomial].filter(([monomial]) => count(monomial) === 0)),
  };
}

/** The r_k: of factors of products that are forms in ν, and not only one of its entries. */
function factorsOf(
  { system }: Graph,
  expansion: Expansion,
  unknowns: readonly Variable[],
): (readonly Polynomial[])[] {
  const factors = system.gates.flatMap(({ gate }) =>
    gate.kind === 'product' ? [gate.left, gate.right] : [],
  );
  return [...new Set(factors)].flatMap((variable) => {
    const own = expansion.of(variable);
    const row = own && !unknowns.includes(variable) ? split(own, unknowns) : undefined;
    if (!row || row.rest.size > 0 || row.whole.size === 0) return [];
    return [row.coefficients];
  });
}

/** Equations in ν: linear gates that define nothing, and values that a range check is about. */
function rowsOfSystem(
  { system, definitions }: Graph,
  expansion: Expansion,
  unknowns: readonly Variable[],
): Row[] {
  const whole = system.gates.flatMap(({ gate }): (Polynomial | undefined)[] => {
    switch (gate.kind) {
      case 'linear':
        return definitions[gate.out] === gate ? [] : [expansion.equation(gate)];
      case 'range12':
        return gate.limbs.map((limb) => expansion.definition(limb));
      case 'range64':
        return [expansion.definition(gate.value)];
      default:
        return [];
    }
  });
  return whole.flatMap((each) => (each && split(each, unknowns)) ?? []);
}

/** c > 0 and a bound of x_n, where the equation says x_n = c ν_n + Σ_k r_kn (r_k · ν) over the integers, or minus that. */
function readRow(
  { whole, coefficients, rest }: Row,
  n: number,
  factors: readonly (readonly Polynomial[])[],
  bounds: Bounds,
): { shift: bigint; reach: bigint } | undefined {
  const [all, others] = [reachOf(whole, bounds), reachOf(rest, bounds)];
  if (!all || !others || magnitude(all) >= modulus >> 1n) return undefined;
  for (const sign of [1n, -1n]) {
    const left = coefficients.map((own, m) =>
      plus(
        times(constantOf(sign), own),
        ...factors.map((row) => times(constantOf(-1n), times(row[n]!, row[m]!))),
      ),
    );
    const shift = left[n]!.get('') ?? 0n;
    const isShift = left.every((own, m) => sameAs(own, constantOf(m === n ? shift : 0n)));
    if (isShift && shift > 0n) return { shift, reach: magnitude(others) };
  }
  return undefined;
}
