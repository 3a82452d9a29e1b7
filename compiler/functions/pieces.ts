// Piecewise polynomials over the integers. A piece is a cell [first, first + unit · 2^width), a multiple of its length from the origin; on it
//
//   y = floor((Σ_k c_k (x − first)^k + 2^(shift−1)) / 2^shift)
import { floorDivide, hull, intersect, interval, type Interval } from '../numbers/interval.ts';
import { binomial, factorial } from './binomial.ts';

export interface Piece {
  readonly first: bigint;
  readonly last: bigint;
  /** It is 2^width units long. */
  readonly width: number;
  /** c_0, c_1 and so on. */
  readonly coefficients: readonly bigint[];
}

/** Pieces that follow one another, as the attributes of a line say them. */
export type Pieces = {
  /** Where cells of all widths begin. */
  readonly origin: bigint;
  /** How many integers a cell of width 0 holds. */
  readonly unit: bigint;
  /** The first integer of the first piece. */
  readonly start: bigint;
  readonly widths: readonly number[];
  /** The coefficients of one piece after the other, all of one degree. */
  readonly coefficients: readonly bigint[];
  readonly shift: number;
};

export function listPieces({ start, unit, widths, coefficients }: Pieces): Piece[] {
  const each = coefficients.length / widths.length;
  let next = start;
  return widths.map((width, i) => {
    const first = next;
    next += unit << BigInt(width);
    const own = coefficients.slice(i * each, (i + 1) * each);
    return { first, last: next - 1n, width, coefficients: own };
  });
}

/** A piece, and the part of it that an argument reaches. */
export interface Reached<P = Piece> {
  readonly piece: P;
  readonly part: Interval;
}

/** The pieces that hold integers of the interval, in ascending order. */
export const reachedPieces = (pieces: readonly Piece[], x: Interval): Reached[] =>
  pieces.flatMap((piece) => {
    const part = intersect(x, interval(piece.first, piece.last));
    return part ? [{ piece, part }] : [];
  });

/** The piece that holds an integer; undefined where none does. */
export const pieceAt = (pieces: readonly Piece[], x: bigint): Piece | undefined =>
  reachedPieces(pieces, interval(x, x))[0]?.piece;

/** A piece without its end. */
export type Polynomial = Pick<Piece, 'first' | 'coefficients'>;

/** Σ_k c_k (x − first)^k. */
export const valueAt = ({ first, coefficients }: Polynomial, x: bigint): bigint =>
  coefficients.reduceRight((sum, c) => sum * (x - first) + c, 0n);

/** The coefficients of p(t + by). */
export function shifted(coefficients: readonly bigint[], by: bigint): bigint[] {
  const result = [...coefficients];
  for (let i = 0; i < result.length; i++)
    for (let k = result.length - 2; k >= i; k--) result[k]! += by * result[k + 1]!;
  return result;
}

/** An interval of Σ_k c_k (x − first)^k on a part of a piece. */
export const rangeOf = ({ piece, part }: Reached<Polynomial>): Interval =>
  boundsOf(shifted(piece.coefficients, part.low - piece.first), part.high - part.low, 5);

/**
 * An interval of p on [0, h]: of its coefficients in Bernstein's basis, the first and last of which are p(0) and p(h). Where others are
 * outside of those, both halves are tried, `depth` times.
 *
 *   b_j = Σ_(k ≤ j) C(j, k) / C(d, k) c_k h^k
 */
function boundsOf(p: readonly bigint[], h: bigint, depth: number): Interval {
  const degree = p.length - 1;
  const ends = [p[0]!, p.reduceRight((sum, c) => sum * h + c, 0n)].map((x) => interval(x, x));
  const least = hull(...ends);
  // k! (d − k)! / d! has d! as a common denominator.
  const unit = factorial(degree);
  let power = 1n;
  const scaled = p.map((c, k) => {
    const term = c * power * factorial(k) * factorial(degree - k);
    power *= h;
    return term;
  });
  const whole = hull(
    least,
    ...scaled.map((_, j) => {
      let sum = 0n;
      for (let k = 0; k <= j; k++) sum += scaled[k]! * binomial(j, k);
      return interval(floorDivide(sum, unit), -floorDivide(-sum, unit));
    }),
  );
  const isExact = whole.low === least.low && whole.high === least.high;
  if (isExact || depth === 0 || h < 2n) return whole;
  const middle = h >> 1n;
  return hull(boundsOf(p, middle, depth - 1), boundsOf(shifted(p, middle), h - middle, depth - 1));
}
