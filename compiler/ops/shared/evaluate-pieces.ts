// Σ_k c_k (x − first)^k in constraints, on the piece that holds x. The digits of x in units of the narrowest piece say which one that is: each c_k
// is a linear form of indicators. Coefficients are those of powers of x itself: the same polynomial, exactly, so that x needs no offset.
//
// Soundness: the digits are unique (digits.ts), and one indicator is 1, that of the piece (one-hot.ts). The rest is arithmetic of field
// elements, and equal to that of integers: how large the powers of x are does not matter, only that the value is an integer below p/2.
import { add, constant, linear, offset } from '../../constraints/expression.ts';
import type { Expression } from '../../constraints/expression.ts';
import type { Constraints } from '../../constraints/constraints.ts';
import { shifted, type Pieces, type Reached } from '../../functions/pieces.ts';
import { bitLength, floorDivide, interval, type Interval } from '../../numbers/interval.ts';
import { digitsOfQuotient } from './digits.ts';
import { cellIndicators, type Cell } from './one-hot.ts';

export interface Evaluated {
  readonly pieces: Pieces;
  /** An interval that holds x. */
  readonly known: Interval;
  /** The pieces that it reaches. */
  readonly reached: readonly Reached[];
}

export function evaluatePieces(
  constraints: Constraints,
  x: Expression,
  { pieces: { origin, unit }, known, reached }: Evaluated,
): Expression {
  const value = constraints.seal(x);
  const polynomials = reached.map(({ piece }) => shifted(piece.coefficients, -piece.first));
  const indicators =
    reached.length === 1
      ? [constant(1n)]
      : indicatorsOf(constraints, offset(value, -origin), {
          unit,
          known: interval(known.low - origin, known.high - origin),
          cells: reached.map(({ piece: { first, width } }) => ({
            first: (first - origin) / unit,
            width,
          })),
        });
  const forms = polynomials[0]!.map((_, k) =>
    linear(
      indicators,
      polynomials.map((own) => own[k]!),
    ),
  );
  return forms.reduceRight((sum, c) => add(c, constraints.product(sum, value)));
}

interface Selection {
  readonly unit: bigint;
  readonly known: Interval;
  /** In units. */
  readonly cells: readonly Cell[];
}

/** For an integer x ≥ 0 that one of the cells holds. */
function indicatorsOf(
  constraints: Constraints,
  x: Expression,
  { unit, known, cells }: Selection,
): Expression[] {
  const least = Math.min(...cells.map(({ width }) => width));
  const length = unit << BigInt(least);
  const [low, high] = [floorDivide(known.low, length), floorDivide(known.high, length)];
  // Digits above the first in which the ends differ are the same in all integers between.
  const open = bitLength(low ^ high);
  const digits = digitsOfQuotient(constraints, x, {
    count: bitLength(high),
    length,
    known: Array.from({ length: bitLength(high) }, (_, k) => {
      const digit = (high >> BigInt(k)) & 1n;
      return k >= open ? interval(digit, digit) : interval(0n, 1n);
    }),
  });
  return cellIndicators(constraints, digits, cells);
}
