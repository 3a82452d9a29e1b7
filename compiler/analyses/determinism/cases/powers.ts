// Equal powers of two witnesses: rᵏ ≡ r'ᵏ, as products of products of one pair of factors.
//
//   k odd    rᵏ − r'ᵏ = (r − r') S with S = Σ rⁱ r'ᵏ⁻¹⁻ⁱ, and |S| ≤ k Mᵏ⁻¹ for |r|, |r'| ≤ M. Where that is less than p, S ≡ 0 says
//            S = 0. Odd powers rise, so that S > 0 for r ≠ r': in each case r = r'.
//   k even   the same for the squares of r and r': S = Σ r²ⁱ r'ᵏ⁻²⁻²ⁱ ≤ k/2 Mᵏ⁻² is 0 for r = r' = 0 alone. So r² = r'².
//
// Without the bound both are false: where 3 divides p − 1, a field has three cube roots of 1.
import type { Interval } from '../../../numbers/interval.ts';
import { magnitude } from '../../../numbers/interval.ts';
import type { Arithmetic } from '../arithmetic.ts';
import type { Budget } from '../elimination.ts';
import { adding, form, type Branch } from './branch.ts';
import type { Node, Pair, PairProduct } from './pair.ts';

/** The highest exponent that is looked for. */
const highest = 16;

interface Power {
  readonly base: readonly [Node, Node];
  readonly exponent: number;
}

/** The branches of a case in which two products of one gate have the same result, where both are powers: one branch, or two. */
export function equalPowers(
  pair: Pair,
  first: PairProduct,
  second: PairProduct,
  bounds: readonly Interval[],
  { field }: Arithmetic,
  budget: Budget,
): readonly Branch[] | undefined {
  const power = powerOfProduct(pair, first, second, field.canonical, budget, highest);
  if (!power || power.exponent < 3) return undefined;
  const { base, exponent } = power;
  const [r0, r1] = base;
  const isOdd = exponent % 2 === 1;
  const [a, b] = [magnitude(bounds[r0]!), magnitude(bounds[r1]!)];
  const most = a > b ? a : b;
  const summands = BigInt(isOdd ? exponent : exponent / 2);
  if (summands * most ** BigInt(exponent - (isOdd ? 1 : 2)) >= field.modulus) return undefined;
  const same = adding(form([1n, r1], [-1n, r0]));
  return isOdd ? [same] : [same, adding(form([1n, r1], [1n, r0]))];
}

/** Both products as the same power of a factor, but for the same multiple, which is not 0. */
function powerOfProduct(
  pair: Pair,
  { scale, left: l0, right: r0 }: PairProduct,
  { left: l1, right: r1 }: PairProduct,
  canonical: (x: bigint) => bigint,
  budget: Budget,
  most: number,
): Power | undefined {
  if (canonical(scale) === 0n || most < 2) return undefined;
  const of = (nodes: readonly [Node, Node]): Power => {
    budget.left -= pair.twins.length;
    for (const [first, second] of pair.twins) {
      const [a, b] = [pair.products[first]!, pair.products[second]!];
      if (a.out !== nodes[0] || b.out !== nodes[1]) continue;
      const found = powerOfProduct(pair, a, b, canonical, budget, most >> 1);
      if (found) return found;
    }
    return { base: nodes, exponent: 1 };
  };
  const [left, right] = [of([l0, l1]), of([r0, r1])];
  const isSame = left.base.every((node, i) => node === right.base[i]);
  return isSame ? { base: left.base, exponent: left.exponent + right.exponent } : undefined;
}
