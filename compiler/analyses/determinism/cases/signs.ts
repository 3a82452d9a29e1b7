// Splits and rows by the signs of factors, tried where no other split is left. A quotient whose remainder has the sign of the dividend needs them.
//
//   sign         a factor of either sign is negative, 0, or positive, where its product, or the other factor, has one sign
//   difference   s f l = o and s f l' = o' say s f (l' − l) = o' − o
//   corner       with l = L ± x and r = R ± y for x, y ≥ 0: l r = L r + R l − L R ± x y, and x y ≥ 0 is a node of its own. L and R are
//                the ends of the intervals that are nearer to 0: l ≥ 1 and r ≥ 0 say l r ≥ r
import { contains, interval, difference, type Interval } from '../../../numbers/interval.ts';
import type { Arithmetic } from '../arithmetic.ts';
import type { Budget } from '../elimination.ts';
import { signed } from '../equations.ts';
import { form, type Branch, type Split } from './branch.ts';
import type { Node, Pair, PairProduct } from './pair.ts';
import { isFixed, type Case } from './propagate.ts';

/** Three cases of the sign of a factor that both witnesses share, whose product has one sign. */
export const signOfShared = (pair: Pair, { bounds }: Case): Split | undefined => {
  const at = (node: Node): Interval => bounds[node]!;
  for (const [first, second] of pair.twins) {
    const [a, b] = [pair.products[first]!, pair.products[second]!];
    if (hasBothSigns(at(a.out)) && hasBothSigns(at(b.out))) continue;
    if (a.left === b.left && hasBothSigns(at(a.left))) return bySign(a.left, at(a.left));
    if (a.right === b.right && hasBothSigns(at(a.right))) return bySign(a.right, at(a.right));
  }
  return undefined;
};

/** Three cases of the sign of a factor, where the other factor has one sign. */
export function signOfAny(pair: Pair, { bounds, products }: Case): Split | undefined {
  const at = (node: Node): Interval => bounds[node]!;
  for (const { left, right } of [...pair.products, ...products])
    for (const [one, other] of [
      [left, right],
      [right, left],
    ] as const)
      if (hasBothSigns(at(one)) && !hasBothSigns(at(other)) && !isFixed(at(other)))
        return bySign(one, at(one));
  return undefined;
}

/** Differences and corners that the case does not have yet. Whether there were any. */
export function extend(pair: Pair, own: Case, arithmetic: Arithmetic, budget: Budget): boolean {
  const before = own.rows.length;
  if (own.products.length === 0) addDifferences(pair, own, arithmetic);
  for (const each of [...pair.products, ...own.products]) {
    budget.left--;
    if (!own.cornered.has(each)) addCorner(each, own, arithmetic);
  }
  return own.rows.length > before;
}

function addDifferences(pair: Pair, own: Case, { anything }: Arithmetic): void {
  const apart = (from: Node, to: Node): Interval => difference(own.bounds[to]!, own.bounds[from]!);
  for (const [first, second] of pair.twins) {
    const [a, b] = [pair.products[first]!, pair.products[second]!];
    const shared = a.left === b.left ? a.left : a.right === b.right ? a.right : undefined;
    if (shared === undefined || a.out === b.out) continue;
    const [from, to] = a.left === b.left ? [a.right, b.right] : [a.left, b.left];
    const [ofFactor, ofResult] = [apart(from, to), apart(a.out, b.out)];
    if (!contains(anything, ofFactor) || !contains(anything, ofResult)) continue;
    const left = own.bounds.push(ofFactor) - 1;
    const out = own.bounds.push(ofResult) - 1;
    own.rows.push(form([1n, to], [-1n, from], [-1n, left]));
    own.rows.push(form([1n, b.out], [-1n, a.out], [-1n, out]));
    own.products.push({ scale: a.scale, left, right: shared, out });
  }
}

function addCorner(each: PairProduct, own: Case, { anything, field }: Arithmetic): void {
  const { scale, left, right, out } = each;
  const [l, r] = [own.bounds[left]!, own.bounds[right]!];
  if (isFixed(l) || isFixed(r) || hasBothSigns(l) || hasBothSigns(r)) return;
  const [x, y] = [cornerOf(l), cornerOf(r)];
  const most = (l.high - l.low) * (r.high - r.low);
  if ((x.end === 0n && y.end === 0n) || most > anything.high) return;
  own.cornered.add(each);
  const rest = own.bounds.push(interval(0n, most)) - 1;
  const { terms } = form(
    [scale * x.end, right],
    [scale * y.end, left],
    [scale * x.away * y.away, rest],
    [-1n, out],
  );
  own.rows.push(signed({ terms, constant: -scale * x.end * y.end }, field));
}

/** The end that is nearer to 0, and the direction of all else. */
const cornerOf = ({ low, high }: Interval): { readonly end: bigint; readonly away: bigint } =>
  low >= 0n ? { end: low, away: 1n } : { end: high, away: -1n };

const hasBothSigns = ({ low, high }: Interval): boolean => low < 0n && high > 0n;

function bySign(node: Node, { low, high }: Interval): Split {
  const branches = [interval(1n, high), interval(low, -1n), interval(0n, 0n)].map(
    (part): Branch =>
      ({ bounds }) => {
        bounds[node] = part;
      },
  );
  return { branches };
}
