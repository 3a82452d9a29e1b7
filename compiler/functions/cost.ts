// An estimate of the rows of a piecewise polynomial, in quarter rows of one element: it follows the lowering of `ops/piecewise.ts`.
import { ownCost } from '../constraints/range-plan.ts';
import { bitLength } from '../numbers/interval.ts';
import { isPower, type Cell } from './partition.ts';

export interface Layout {
  readonly cells: readonly Cell[];
  readonly unit: bigint;
  /** Width of the least cell that holds all. */
  readonly reach: number;
  readonly degree: number;
  readonly shift: number;
  /** Bits of the result. */
  readonly resultBits: number;
}

/** A check of 64 bits. */
const rowQuarters = 4;

/** A half row is a product, or a form's term after the second. */
const half = 2;

export function quartersOf(layout: Layout): number {
  const { cells, degree, shift, resultBits } = layout;
  const n = cells.length;
  const quotient = ownCost(resultBits);
  const remainder = remainderCost(shift);
  const terms = (degree > 0 ? n : n - 1) + quotient.terms + remainder.terms;
  return (
    (n > 1 ? selectionCost(layout) : 0) +
    half * evaluationCost(n, degree) +
    quotient.quarters +
    remainder.quarters +
    half * Math.max(0, terms - 2)
  );
}

/** Digits of the cell, the rest below them, and the products of digits. */
function selectionCost({ cells, unit, reach }: Layout): number {
  const least = Math.min(...cells.map(({ width }) => width));
  const digits = reach - least;
  const span = unit << BigInt(least);
  const rest = ownCost(bitLength(span - 1n));
  // The end of a cell that is no power of 2 is a check of its own, of a sealed form.
  const end = isPower(span) ? 0 : rowQuarters + half * Math.max(1, rest.terms);
  const equation = half * Math.max(0, digits + rest.terms - 1);
  return half * digits + rest.quarters + end + equation + half * 3 * (cells.length - 2) * 0.75;
}

/** Horner: every coefficient but the last is a form of n − 1 indicators, sealed with the product before it. */
function evaluationCost(n: number, degree: number): number {
  if (degree === 0) return 0;
  if (n === 1) return 2 * (degree - 1);
  return Math.max(1, n - 2) + 1 + (degree - 1) * (Math.max(1, n - 1) + 1);
}

/** Rows of 64 bits, and one for the bits that are left. */
function remainderCost(shift: number): { quarters: number; terms: number } {
  const whole = Math.floor(shift / 64);
  const rest = ownCost(shift % 64);
  return { quarters: 4 * whole + rest.quarters, terms: whole + rest.terms };
}
