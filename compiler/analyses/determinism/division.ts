// Division with remainder. A form R of bounded unknowns is the remainder. One known sum bounds it, the other is the division:
//
//   R + G ≡ c                   with G bounded, so that the sum is one of integers
//   R + (further terms) ≡ x     with x known
//
// The first leaves R at most c − min G − min R + 1 values. That can be less than its terms leave it.
//
// Known divisor y, a variable: c = y + k, and the further term is μ m for a product m = s y q. Then q and m are known, and so R is,
// where k < min G + min R and |μ s| (max q − min q) max y + max y − 1 < p.
//
//   Two witnesses have the same y. R lies in [min R, y + k − min G] in both, so y ≥ 1 and |R − R'| ≤ y − 1. And
//   R − R' + μ s y (q − q') ≡ 0 has a left side below p in size: it is 0 over the integers. For q ≠ q' the second part would be at
//   least y in size, and the first cannot make up for it.
//
// Constant divisor: c is a constant. R is one digit with c − min G − min R + 1 values at most, and mixed radix (radix.ts) says which
// other terms of the second sum are known.
import type { Expression, Term, Variable } from '../../constraints/expression.ts';
import type { ProductGate } from '../../constraints/gates.ts';
import { magnitude } from '../../numbers/interval.ts';
import { negatedInverse } from './affine.ts';
import { formBounds, multiple, spanOf, type Bounded } from './bounded.ts';
import type { Parts } from './equations.ts';
import { forcedUnknowns, type Unknown } from './radix.ts';

export interface Division extends Bounded {
  /** The gates of which it is the product. */
  productsOf(out: Variable): readonly ProductGate[];
}

/** Variables that a bound of a remainder forces together with a known sum of that remainder and further terms. */
export function dividedBy(
  bound: Parts,
  division: readonly Term[],
  context: Division,
): readonly Variable[] {
  const inBound = new Set(bound.unknown.map(({ variable }) => variable));
  const shared = new Set(
    division.flatMap(({ variable }) => (inBound.has(variable) ? [variable] : [])),
  );
  if (shared.size === 0 || shared.size === division.length) return [];
  const [divisor, another] = bound.known.terms;
  if (another) return [];
  const scaled = (unit: bigint): InUnits | undefined =>
    inUnits({ bound, division, shared, unit }, context);
  if (divisor) {
    const [term, further] = division.filter(({ variable }) => !shared.has(variable));
    const products = further ? [] : quotientsOf(term!.variable, divisor.variable, context);
    const units = products.length > 0 ? scaled(-divisor.coefficient) : undefined;
    return units ? byVariable(units, divisor.variable, products, context) : [];
  }
  for (const { coefficient, variable } of bound.unknown) {
    const units = shared.has(variable) ? scaled(coefficient) : undefined;
    const forced = units ? byConstant(units, context) : [];
    if (forced.length > 0) return forced;
  }
  return [];
}

/** The product is scale · quotient · divisor. */
interface Quotient {
  readonly scale: bigint;
  readonly quotient: Variable;
}

const quotientsOf = (out: Variable, divisor: Variable, { productsOf }: Division): Quotient[] =>
  productsOf(out).flatMap(({ scale, left, right }) =>
    left === divisor
      ? [{ scale, quotient: right }]
      : right === divisor
        ? [{ scale, quotient: left }]
        : [],
  );

/** R + G + known ≡ 0, and R + the further terms are known. */
interface InUnits {
  readonly remainder: readonly Term[];
  readonly gap: readonly Term[];
  readonly known: Expression;
  readonly further: readonly Term[];
}

interface Scaling {
  readonly bound: Parts;
  readonly division: readonly Term[];
  readonly shared: ReadonlySet<Variable>;
  /** The number that the bound is divided by. */
  readonly unit: bigint;
}

/** The division is scaled until its remainder is that of the bound; undefined where no factor does that. */
function inUnits(
  { bound, division, shared, unit }: Scaling,
  { field }: Division,
): InUnits | undefined {
  const by = -negatedInverse(unit, field);
  const known = multiple(bound.known, by, field);
  const { terms } = multiple({ terms: bound.unknown, constant: 0n }, by, field);
  const remainder = terms.filter(({ variable }) => shared.has(variable));
  const coefficients = new Map(remainder.map((t) => [t.variable, t.coefficient]));
  const first = division.find(({ variable }) => shared.has(variable))!;
  const factor = -negatedInverse(first.coefficient, field) * coefficients.get(first.variable)!;
  const whole = multiple({ terms: division, constant: 0n }, factor, field).terms;
  if (whole.some((t) => shared.has(t.variable) && t.coefficient !== coefficients.get(t.variable)))
    return undefined;
  return {
    remainder,
    gap: terms.filter(({ variable }) => !shared.has(variable)),
    known,
    further: whole.filter(({ variable }) => !shared.has(variable)),
  };
}

/** max R − min R, or as much more than the divisor as this is, if it is a variable. Undefined where the bound could wrap around. */
function remainderSpan({ remainder, gap, known }: InUnits, bounded: Bounded): bigint | undefined {
  const terms = [...remainder, ...gap];
  const whole = formBounds(
    { terms: [...terms, ...known.terms], constant: known.constant },
    bounded,
  );
  if (magnitude(whole) >= bounded.field.modulus) return undefined;
  return -known.constant - formBounds({ terms, constant: 0n }, bounded).low;
}

function byVariable(
  units: InUnits,
  divisor: Variable,
  products: readonly Quotient[],
  bounded: Bounded,
): readonly Variable[] {
  const [term] = units.further;
  const over = remainderSpan(units, bounded);
  if (over === undefined || over >= 0n) return [];
  const { centered, modulus } = bounded.field;
  const most = bounded.boundsOf(divisor).high;
  for (const { scale, quotient } of products) {
    const step = centered(term!.coefficient * scale);
    const reach = spanOf([{ coefficient: step, variable: quotient }], bounded) * most + most - 1n;
    if (step !== 0n && reach < modulus) return [quotient, term!.variable];
  }
  return [];
}

/** Stands for the remainder among digits. */
const joint: Variable = -1;

function byConstant(units: InUnits, bounded: Division): readonly Variable[] {
  const span = remainderSpan(units, bounded);
  if (span === undefined || span < 0n || span >= spanOf(units.remainder, bounded)) return [];
  const digits = units.further.map(({ coefficient, variable }): Unknown => {
    const { low, high } = bounded.boundsOf(variable);
    return { variable, coefficient, span: high - low };
  });
  digits.push({ variable: joint, coefficient: 1n, span });
  return forcedUnknowns(digits, bounded.field).filter((variable) => variable !== joint);
}
