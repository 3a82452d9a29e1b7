// The two sums of a bracket (bracket.ts) as polynomials in x and bounded rests, in multiples that make the rests integers.
import type { Term } from '../../constraints/expression.ts';
import { negatedInverse } from './affine.ts';
import { multiple, type Bounded } from './bounded.ts';
import { plus, reduced } from './polynomial.ts';
import { inMultiples, type Unfolded, type Unfolder, type Unfolding } from './unfolding.ts';

/** The terms of x: those in the products, or, without products, those that the sums share. */
export function commonBase(
  first: readonly Term[],
  second: readonly Term[],
  unfolder: Unfolder,
  context: Unfolding,
): readonly Term[] | undefined {
  const inSecond = new Set(second.map(({ variable }) => variable));
  const shared = first.filter(({ variable }) => inSecond.has(variable));
  const base = unfolder.baseOf(first);
  if (!base) {
    const bounded = shared.length > 0 && shared.length < first.length;
    return bounded ? inMultiples(shared, context) : undefined;
  }
  // Each may have products of its own: r r, and (r + 1) (r + 1).
  if (shared.length === 0) return unfolder.baseOf(second) ? base : undefined;
  const inBase = new Set(base.map(({ variable }) => variable));
  return shared.every(({ variable }) => inBase.has(variable)) ? undefined : base;
}

type OverField = Pick<Bounded, 'field'>;

/** A multiple of a sum, without what is known of it. */
export interface Multiple extends Unfolded {
  readonly by: bigint;
}

/**
 * The number of which the sums are multiples: the smallest coefficient of the rest, or 1. It is 1 where limbs of the rest are known
 * already: what is left of a check is no multiple of its coefficients then.
 */
export const units = ['least', 'one'] as const;
type Unit = (typeof units)[number];

/** In those multiples, with a rest that is positive. Without a rest, all of it is known: checks stand in their gates with −1. */
export function inUnits(side: Unfolded, by: Unit, { field }: OverField): Multiple {
  const sizes = side.rest.map(({ coefficient }) => (coefficient < 0n ? -coefficient : coefficient));
  const least = sizes.reduce((a, b) => (a < b ? a : b), field.modulus);
  const unit = side.rest[sizes.indexOf(least)]?.coefficient ?? -1n;
  const sign = unit < 0n ? -1n : 1n;
  return scaledBy(side, by === 'one' ? sign : -negatedInverse(unit, field), { field });
}

const scaledBy = ({ polynomial, rest }: Unfolded, by: bigint, { field }: OverField): Multiple => ({
  polynomial: reduced(polynomial, field, by),
  rest: multiple({ terms: rest, constant: 0n }, by, field).terms,
  by,
});

/** r + g − E(x) ≡ 0 without what is known of it, with g for the rest. */
export interface Both extends Unfolded {
  /** How often it holds the first sum, and the second. */
  readonly multiples: readonly [bigint, bigint];
}

export function together(
  lower: Multiple,
  second: Unfolded,
  unit: Unit,
  { field }: OverField,
): Both | undefined {
  const coefficients = new Map(lower.rest.map((t) => [t.variable, t.coefficient]));
  const shared = second.rest.find(({ variable }) => coefficients.has(variable));
  if (!shared) {
    const { polynomial, rest, by } = inUnits(second, unit, { field });
    return { rest, polynomial: plus(lower.polynomial, polynomial), multiples: [lower.by, by] };
  }
  const factor = -negatedInverse(shared.coefficient, field) * coefficients.get(shared.variable)!;
  const { polynomial, rest, by } = scaledBy(second, factor, { field });
  const gap = rest.filter((t) => t.coefficient !== coefficients.get(t.variable));
  return gap.length === rest.length - lower.rest.length
    ? { polynomial, rest: gap, multiples: [0n, by] }
    : undefined;
}
