// Division with remainder by a constant. A form R of bounded unknowns is the remainder. One known sum bounds it, the other is the
// division:
//
//   R + G = c                    with G bounded, c a constant, so that the sum is one of integers
//   R + (further terms) ≡ x      with x known
//
// The first leaves R at most c − min G − min R + 1 values. That can be less than its terms leave it. So R is one digit, and mixed radix
// (radix.ts) says which other terms of the second sum are known. A divisor that is a variable is a bracket (bracket.ts).
import type { Term, Variable } from '../../constraints/expression.ts';
import { magnitude } from '../../numbers/interval.ts';
import { negatedInverse } from './affine.ts';
import { formBounds, multiple, spanOf, type Bounded } from './bounded.ts';
import type { Parts } from './equations.ts';
import { forcedUnknowns, type Unknown } from './radix.ts';

/** Variables that a bound of a remainder forces together with a known sum of that remainder and further terms. */
export function dividedBy(
  bound: Parts,
  division: readonly Term[],
  bounded: Bounded,
): readonly Variable[] {
  const inBound = new Set(bound.unknown.map(({ variable }) => variable));
  const shared = new Set(
    division.flatMap(({ variable }) => (inBound.has(variable) ? [variable] : [])),
  );
  if (shared.size === 0 || shared.size === division.length || bound.known.terms.length > 0)
    return [];
  for (const { coefficient: unit, variable } of bound.unknown) {
    if (!shared.has(variable)) continue;
    const units = inUnits({ bound, division, shared, unit }, bounded);
    const forced = units ? digitsOf(units, bounded) : [];
    if (forced.length > 0) return forced;
  }
  return [];
}

/** R + G + constant ≡ 0, and R + the further terms are known. */
interface InUnits {
  readonly remainder: readonly Term[];
  readonly gap: readonly Term[];
  readonly constant: bigint;
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
  { field }: Bounded,
): InUnits | undefined {
  const by = -negatedInverse(unit, field);
  const { terms, constant } = multiple(
    { terms: bound.unknown, constant: bound.known.constant },
    by,
    field,
  );
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
    constant,
    further: whole.filter(({ variable }) => !shared.has(variable)),
  };
}

/** max R − min R; undefined where the bound could wrap around. */
function remainderSpan(
  { remainder, gap, constant }: InUnits,
  bounded: Bounded,
): bigint | undefined {
  const whole = formBounds({ terms: [...remainder, ...gap], constant }, bounded);
  return magnitude(whole) < bounded.field.modulus ? -whole.low : undefined;
}

/** Stands for the remainder among digits. */
const joint: Variable = -1;

function digitsOf(units: InUnits, bounded: Bounded): readonly Variable[] {
  const span = remainderSpan(units, bounded);
  if (span === undefined || span < 0n || span >= spanOf(units.remainder, bounded)) return [];
  const digits = units.further.map(({ coefficient, variable }): Unknown => {
    const { low, high } = bounded.boundsOf(variable);
    return { variable, coefficient, span: high - low };
  });
  digits.push({ variable: joint, coefficient: 1n, span });
  return forcedUnknowns(digits, bounded.field).filter((variable) => variable !== joint);
}
