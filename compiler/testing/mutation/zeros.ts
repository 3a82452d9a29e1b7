// Products that are 0 in every accepted witness: asserted to be 0, or a multiple of one that is (p · u = 0 makes
// p · (−u) = 0).
import type { Variable } from '../../constraints/expression.ts';
import type { ProductGate } from '../../constraints/gates.ts';
import type { ConstraintSystem } from '../../constraints/system.ts';
import { canonical } from '../../numbers/field.ts';
import type { Graph } from '../tamper/graph.ts';
import { expand } from './form.ts';

/** Outputs of products that others prove to be 0. */
export function zeroProducts(graph: Graph): ReadonlySet<Variable> {
  const { gates } = graph.system;
  const products = gates.flatMap(({ gate }) => (gate.kind === 'product' ? [gate] : []));
  const asserted = products.filter(({ out }) => isAssertedZero(graph.system, out));
  const zero = (product: ProductGate): boolean =>
    asserted.some(
      (other) => other.left === product.left && proportional(graph, other.right, product.right),
    );
  return new Set(products.filter(zero).map(({ out }) => out));
}

export const isAssertedZero = ({ gates }: ConstraintSystem, variable: Variable): boolean =>
  gates.some(
    ({ gate }) => gate.kind === 'constant' && gate.variable === variable && gate.value === 0n,
  );

function proportional(graph: Graph, a: Variable, b: Variable): boolean {
  const [x, y] = [a, b].map((each) => expand(graph, new Map([[each, 1n]]), () => true));
  const first = [...x!.keys()][0];
  if (first === undefined || x!.size !== y!.size) return false;
  const [p, q] = [x!.get(first)!, y!.get(first)];
  if (q === undefined) return false;
  return [...x!].every(([v, weight]) => canonical(weight * q - (y!.get(v) ?? 0n) * p) === 0n);
}
