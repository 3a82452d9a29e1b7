// piecewise: the number of the piece by a hint, its ends asserted (`piece` of the prelude), and a polynomial that is rounded once.
import { listPieces, rangeOf, reachedPieces, type Pieces } from '../../../functions/pieces.ts';
import { hull, interval, magnitude } from '../../../numbers/interval.ts';
import { roundedInterval } from '../../../ops/shared/rounded-quotient.ts';
import { spanBits } from '../../../ops/shared/within.ts';
import { requireReach } from '../field.ts';
import { elementwise, noirOp } from '../line.ts';
import { element, literal } from '../text.ts';

export const piecewise = noirOp<Pieces>((line) => {
  const [x] = line.arguments;
  const { range: to } = line.result;
  const { shift } = line.attributes;
  const reached = reachedPieces(listPieces(line.attributes), x!.range);
  const values = hull(...reached.map(rangeOf));
  const natural = roundedInterval(values, shift);
  if (natural.low === natural.high) return elementwise(line, () => literal(natural.low));

  const pieces = reached.map(({ piece }) => piece);
  const terms = pieces[0]!.coefficients.length;
  const width = Math.max(1, ...pieces.map(({ first, last }) => spanBits(interval(first, last))));
  // An x outside of a piece is no integer of so many bits away from it.
  requireReach(
    line.op,
    2n * magnitude(hull(x!.range, ...pieces.map((each) => interval(each.first, each.last)))) +
      (1n << BigInt(width)),
  );
  const bits = Math.max(1, spanBits(to));
  const checked = interval(to.low, to.low + (1n << BigInt(bits)) - 1n);
  requireReach(line.op, ((magnitude(checked) + 2n) << BigInt(shift)) + magnitude(values));

  const [firsts, lasts, coefficients, i] = ['firsts', 'lasts', 'coefficients', 'piece_of'].map(
    (name) => line.free(name),
  );
  const list = (items: readonly string[]): string => `[${items.join(', ')}]`;
  const listed = pieces.map((piece) => list(piece.coefficients.map(literal)));
  const rounded = (value: string): string =>
    shift === 0 ? value : `round_shift::<${shift}, ${bits}>(${value}, ${literal(to.low)})`;
  if (pieces.length === 1)
    return [
      `let ${coefficients} = ${listed[0]};`,
      ...elementwise(line, (index) => {
        const t = `${element(x!.name, index)} - (${literal(pieces[0]!.first)})`;
        return rounded(`polynomial::<${terms}>(${coefficients}, ${t})`);
      }),
    ];
  return [
    `let ${firsts} = ${list(pieces.map(({ first }) => literal(first)))};`,
    `let ${lasts} = ${list(pieces.map((piece) => literal(piece.last)))};`,
    `let ${coefficients} = ${list(listed)};`,
    ...elementwise(line, (index) => {
      const own = element(x!.name, index);
      const value = `polynomial::<${terms}>(${coefficients}[${i}], ${own} - ${firsts}[${i}])`;
      return `{ let ${i} = piece::<${pieces.length}, ${width}>(${own}, ${firsts}, ${lasts}); ${rounded(value)} }`;
    }),
  ];
});
