// Random pieces that cover an interval, with coefficients that have nothing to do with a function: whatever is claimed of a line has to hold
// for them as well.
import { cellAround, grids, splitCells } from '../functions/partition.ts';
import { listPieces, rangeOf, reachedPieces, type Pieces } from '../functions/pieces.ts';
import { narrowestFormat, type Format } from '../ir/format.ts';
import { hull, type Interval } from '../numbers/interval.ts';
import { roundShift } from '../numbers/rounding.ts';

/** Up to 5 pieces of degree 3 at most, and a format that holds all values. `below(n)` draws a number from 0 to n − 1. */
export function arbitraryPieces(
  x: Interval,
  below: (limit: number) => number,
  fraction: number,
): Pieces & { readonly to: Format } {
  const length = x.high - x.low + 1n;
  // Formats hold powers of 2; thirds and fifths are none.
  const odd = [3n, 5n].map((cells) => ({ origin: x.low, unit: (length + cells - 1n) / cells }));
  const choices = [...grids(x), ...odd];
  const grid = choices[below(choices.length)]!;
  const cells = splitCells(x, grid, () => below(3) > 0, 5) ?? [cellAround(x, grid)];
  const degree = below(4);
  const draw = (k: number): bigint => {
    const limit = 2 ** (12 - 2 * k);
    return BigInt(below(2 * limit + 1) - limit);
  };
  const pieces: Pieces = {
    ...grid,
    start: cells[0]!.first,
    widths: cells.map(({ width }) => width),
    shift: below(12),
    coefficients: cells.flatMap(() => Array.from({ length: degree + 1 }, (_, k) => draw(k))),
  };
  const values = hull(...reachedPieces(listPieces(pieces), x).map(rangeOf));
  const results = [values.low, values.high].map((each) => roundShift(each, pieces.shift));
  const to = narrowestFormat({ low: results[0]!, high: results[1]! }, fraction);
  return { ...pieces, to };
}
