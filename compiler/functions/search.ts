// Chooses the pieces and the degree of a piecewise polynomial near a function, for the fewest rows. Each degree and each grid has its
// candidate, whose cells are as wide as the error allows. The errors of the one that is chosen are proved (distance.ts) before it is given back.
import { fail } from '../diagnostics/diagnostic.ts';
import { bitLength, type Interval } from '../numbers/interval.ts';
import { toReal } from '../numbers/rounding.ts';
import { quartersOf } from './cost.ts';
import { distanceOnPart } from './distance.ts';
import { enclose } from './enclosure.ts';
import { findFunction, type Elementary } from './elementary.ts';
import { powersOn, roundedFit } from './fit.ts';
import { cellAround, grids, partOf, splitCells, type Cell, type Grid } from './partition.ts';
import { Shapes, size } from './shapes.ts';
import { unknownFunction } from './registry.ts';
import { listPieces, type Pieces } from './pieces.ts';

export interface Wanted {
  readonly function: string;
  /** All that x may be, in units of its last place. */
  readonly x: Interval;
  /** Fractional bits of x, and of the result. */
  readonly fraction: number;
  readonly resultFraction: number;
  /** The largest |polynomial − f|, in real units, before the polynomial's value is rounded to the result's last place. */
  readonly within: number;
}

/** More pieces or higher powers are never cheaper at any precision that was tried. */
const [mostPieces, mostDegree] = [48, 12];

/** Bits that values may need, so that nothing wraps around. */
const mostBits = 250;

const found = new Map<string, Pieces>();

/** Throws `outside-domain`, and `too-fine` where no pieces are found. */
export function searchPieces(wanted: Wanted): Pieces {
  const { function: name, x, fraction, resultFraction, within } = wanted;
  const key = [name, x.low, x.high, fraction, resultFraction, within].join(' ');
  const before = found.get(key);
  if (before) return before;
  const pieces = search(wanted);
  // An author may define a function anew in another process only.
  found.set(key, pieces);
  return pieces;
}

function search(wanted: Wanted): Pieces {
  const { function: name, x, fraction } = wanted;
  const f = findFunction(name) ?? unknownFunction(name);
  const reals = `${toReal(x.low, fraction)} to ${toReal(x.high, fraction)}`;
  if (f.positive && x.low <= 0n)
    fail(
      'outside-domain',
      `${name} of a value that may be ${reals}`,
      `it is defined above 0: assert it first, x.assertWithin({ low: ${2 ** -Math.min(fraction, 8)}, high: … })`,
    );
  const candidates = candidatesFor(f, wanted).sort((a, b) => a.quarters - b.quarters);
  for (const candidate of candidates) {
    const pieces = roundedPieces(candidate, wanted);
    if (pieces) return pieces;
  }
  return fail(
    'too-fine',
    `${name} of a value that may be ${reals}: no polynomials on ${mostPieces} pieces are within ${wanted.within}`,
    `assert narrower bounds (assertWithin), or take a format with fewer fractional bits${moreBounds(f)}`,
  );
}

/** The cure for an author's function: few bounds of derivatives allow low degrees alone. */
const moreBounds = ({ derivatives }: Elementary): string =>
  derivatives === undefined || derivatives > mostDegree
    ? ''
    : `; or give bounds of more derivatives: ${derivatives} of them allow a degree up to ${derivatives - 1}`;

interface Candidate {
  readonly grid: Grid;
  readonly cells: readonly Cell[];
  readonly degree: number;
  readonly shift: number;
  readonly quarters: number;
  readonly shapes: Shapes;
}

function candidatesFor(f: Elementary, wanted: Wanted): Candidate[] {
  const { x, resultFraction, within } = wanted;
  const shapes = new Shapes(f, wanted);
  const { bits } = shapes;
  const target = enclose(within, bits).low;
  // Rounded coefficients have a part of it.
  const good = target - (target >> 4n);
  const candidates: Candidate[] = [];
  const most = Math.min(mostDegree, (f.derivatives ?? Infinity) - 1);
  for (const grid of grids(x))
    for (let degree = 0; degree <= most; degree++) {
      const isGood = (part: Interval): boolean => {
        const distance = shapes.on(part).distance(degree);
        return distance !== undefined && distance <= good;
      };
      const cells = splitCells(x, grid, isGood, mostPieces);
      if (!cells) continue;
      let shift = 0;
      let largest = 1n;
      for (const cell of cells) {
        const part = partOf(cell, grid, x)!;
        const shape = shapes.on(part);
        const slack = target - shape.distance(degree)!;
        shift = Math.max(shift, leastShift(part, degree, slack, bits) - resultFraction);
        for (const c of shape.series) if (size(c) > largest) largest = size(c);
      }
      const valueBits = Math.max(1, bitLength(largest) - bits + resultFraction + 1);
      if (shift + valueBits + 2 > mostBits) continue;
      const reach = cellAround(x, grid).width;
      const quarters = quartersOf({
        cells,
        unit: grid.unit,
        reach,
        degree,
        shift,
        resultBits: valueBits,
      });
      candidates.push({ grid, cells, degree, shift, quarters, shapes });
    }
  return candidates;
}

/**
 * Fractional bits of the polynomial for which rounded coefficients take no more than the slack, in units of 2^−bits, nearly: half a unit of
 * each c_j, times the size of t^j that lower powers do not make up for, which is 2 (H / 4)^j.
 */
function leastShift({ low, high }: Interval, degree: number, slack: bigint, bits: number): number {
  let sum = 0n;
  for (let j = 0; j <= degree; j++) sum += ((high - low) ** BigInt(j)) << BigInt(2 * (degree - j));
  return Math.max(0, bitLength(sum) - 2 * degree - bitLength(slack) + bits);
}

/** The candidate with integer coefficients, at the least shift that meets the target; undefined where none near the estimate does. */
function roundedPieces(candidate: Candidate, wanted: Wanted): Pieces | undefined {
  const { cells, degree, grid, shapes } = candidate;
  const { x, resultFraction, fraction, within, function: name } = wanted;
  const parts = cells.map((cell) => partOf(cell, grid, x)!);
  const ends = parts.map(({ low, high }, i) => ({
    sum: low + high - 2n * cells[i]!.first,
    difference: high - low,
  }));
  const powers = ends.map((each) => powersOn(each, degree));
  const { bits } = shapes;
  const target = Number(enclose(within, bits).low);
  for (let shift = Math.max(0, candidate.shift - 4); shift <= candidate.shift + 3; shift++) {
    const scale = shift + resultFraction;
    const coefficients: bigint[] = [];
    const fits = parts.every((part, i) => {
      const shape = shapes.on(part);
      const fit = roundedFit(shape.series.slice(0, degree + 1), powers[i]!, ends[i]!, {
        scale,
        bits,
      });
      coefficients.push(...fit.coefficients);
      return Number(fit.distance + shape.distance(degree)!) <= target * 1.01;
    });
    if (!fits) continue;
    const widths = cells.map(({ width }) => width);
    const pieces: Pieces = { ...grid, start: cells[0]!.first, widths, coefficients, shift };
    const how = { function: name, fraction, scale };
    const isProved = listPieces(pieces).every(
      (piece, i) => distanceOnPart(piece, parts[i]!, how, resultFraction) <= within,
    );
    if (isProved) return pieces;
  }
  return undefined;
}
