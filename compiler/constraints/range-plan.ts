// How a range check of a given width is paid for. Two ways, the cheaper is taken:
//   limbs: e = Σ 2^(12 i) · limb_i, each limb one of the four 12-bit checks of a row; a top limb of r < 12 bits
//          is checked twice, as limb and as 2^(12−r) · limb (the second alone would admit fractions);
//   row:   one whole row checks a value of 64 bits and shows its bits 16, 28, 40, 52; limbs above the width are
//          wired to zero, one that straddles it is checked again as 2^(12−r) · limb.
import { limbOffsets } from './gates.ts';

export interface RangePlan {
  readonly way: 'limbs' | 'row';
  /** Bits of each limb, lowest first; for `row`, of the four limbs of the row (0: must be zero). */
  readonly widths: readonly number[];
}

/** The plan for 0 ≤ e < 2^bits, bits ≥ 2, where linking e to its limbs is or is not to be paid. */
export function planRange(bits: number, linked: boolean): RangePlan {
  const limbs = limbPlan(bits);
  const row = rowPlan(bits);
  return row && rowCost(row) < limbCost(limbs, linked) ? row : limbs;
}

/**
 * Up to `most` bits: the widths worth choosing, in ascending order. One bit more would cost more, in a check of a value
 * of its own or of a linked one, and no width up to 8 bits more costs as little in both.
 */
export function breakPoints(most: number): number[] {
  const noDearer = (wide: number, bits: number): boolean =>
    [false, true].every((linked) => costOf(wide, linked) <= costOf(bits, linked));
  const widths = Array.from({ length: most }, (_, i) => i + 1);
  return widths.filter((bits) => widths.slice(0, 8).every((more) => !noDearer(bits + more, bits)));
}

/**
 * The width from `least` to `most` bits whose check costs least, where linking a value to its limbs is or is not to be paid.
 * Of equal ones the narrowest, but of whole rows the widest, which wires no limb to 0.
 */
export function cheapestWidth(least: number, most: number, linked = false): number {
  if (least === 0) return 0;
  let best = least;
  const isRow = (bits: number): boolean =>
    linked && bits > 1 && planRange(bits, true).way === 'row';
  for (let bits = least + 1; bits <= most; bits++) {
    const [own, known] = [costOf(bits, linked), costOf(best, linked)];
    if (own < known || (own === known && isRow(bits) && isRow(best))) best = bits;
  }
  return best;
}

/** Quarter rows of the check of a value that stands elsewhere as one variable. */
export const linkedCost = (bits: number): number => costOf(bits, true);

/** Quarter rows of the check of a value of its own, and the terms of its form. */
export function ownCost(bits: number): { readonly quarters: number; readonly terms: number } {
  if (bits === 0) return { quarters: 0, terms: 0 };
  const { way, widths } = planRange(bits, false);
  return { quarters: costOf(bits, false), terms: way === 'limbs' ? widths.length : 1 };
}

function costOf(bits: number, linked: boolean): number {
  if (bits === 1) return 2;
  const [limbs, row] = [limbCost(limbPlan(bits), linked), rowPlan(bits)];
  return row ? Math.min(limbs, rowCost(row)) : limbs;
}

function limbPlan(bits: number): RangePlan {
  const widths = Array.from({ length: Math.ceil(bits / 12) }, (_, i) =>
    Math.min(12, bits - 12 * i),
  );
  return { way: 'limbs', widths };
}

function rowPlan(bits: number): RangePlan | undefined {
  if (bits < 16 || bits > 64) return undefined;
  return {
    way: 'row',
    widths: limbOffsets.map((offset) => Math.max(0, Math.min(12, bits - offset))),
  };
}

// Costs in quarter rows: a 12-bit check 1, a half row of arithmetic 2, a row 4.
const straddles = (widths: readonly number[]): number =>
  widths.filter((width) => width > 0 && width < 12).length;

function limbCost({ widths }: RangePlan, linked: boolean): number {
  const links = linked ? 2 * Math.max(widths.length - 1, 0) : 0;
  return widths.length + links + 3 * straddles(widths);
}

function rowCost({ widths }: RangePlan): number {
  return 4 + 3 * straddles(widths);
}
