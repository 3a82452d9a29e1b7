// Products of one witness that are equal and share a factor: s f g = s f h says f (g − h) = 0, written out. So y² = x y is y = 0 or y = x.
import type { PrimeField } from '../../../numbers/field.ts';
import type { Node, Pair, PairProduct } from './pair.ts';

export interface SharedFactor {
  readonly factor: Node;
  /** The other factors: equal where `factor` is not 0. */
  readonly others: readonly [Node, Node];
}

/** Products that are compared, each with each. */
const mostProducts = 64;

export function sharedFactors({ products, rows }: Pair, field: PrimeField): SharedFactor[] {
  const equal = new Set<string>();
  for (const { terms, constant } of rows) {
    const [a, b] = terms;
    if (terms.length !== 2 || constant !== 0n) continue;
    if (field.canonical(a!.coefficient + b!.coefficient) === 0n) {
      equal.add(`${a!.variable} ${b!.variable}`);
      equal.add(`${b!.variable} ${a!.variable}`);
    }
  }
  const compared = products
    .filter(({ scale }) => field.canonical(scale) !== 0n)
    .slice(0, mostProducts);
  return compared.flatMap((one, i) =>
    compared.slice(i + 1).flatMap((other) => {
      const isEqual = one.out === other.out || equal.has(`${one.out} ${other.out}`);
      return isEqual && field.canonical(one.scale - other.scale) === 0n ? shared(one, other) : [];
    }),
  );
}

function shared(one: PairProduct, other: PairProduct): SharedFactor[] {
  for (const [factor, g] of [
    [one.left, one.right],
    [one.right, one.left],
  ] as const)
    for (const [same, h] of [
      [other.left, other.right],
      [other.right, other.left],
    ] as const)
      if (factor === same && g !== h) return [{ factor, others: [g, h] }];
  return [];
}
