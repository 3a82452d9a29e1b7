// Functions on typical domains at three precisions: how they are made, what an element costs, how far it is proved to be from the function,
// and the farthest that is found.
import { compileCircuit } from '../../compiler/compile.ts';
import { countRows, totalRows } from '../../compiler/constraints/rows.ts';
import { listPieces, pieceAt, valueAt, type Pieces } from '../../compiler/functions/pieces.ts';
import { realFunction } from '../../compiler/functions/registry.ts';
import { analyzeErrors } from '../../compiler/meanings/error.ts';
import { roundShift } from '../../compiler/numbers/rounding.ts';
import { circuit, q, type Tensor } from '../../dsl/index.ts';

export interface FunctionCase {
  readonly name: string;
  readonly domain: readonly [low: number, high: number];
  /** Fractional bits of argument and result. */
  readonly fraction: number;
}

const domains: readonly (readonly [string, readonly [number, number]])[] = [
  ['exp', [-8, 0]],
  ['log', [1 / 8, 8]],
  ['sigmoid', [-8, 8]],
  ['tanh', [-4, 4]],
];

export const functionCases: readonly FunctionCase[] = domains.flatMap(([name, domain]) =>
  [8, 12, 16].map((fraction) => ({ name, domain, fraction })),
);

/** Elements of a circuit; points at which the farthest is looked for. */
const [count, points] = [16, 4096];

/** The cells of the table. */
export function functionRow({ name, domain: [low, high], fraction }: FunctionCase): string[] {
  const describe = (result: (x: Tensor) => Tensor) =>
    compileCircuit(
      circuit('function', {}, (c) => {
        const x = c.secret('x', q(fraction + 5, fraction), [count]);
        result(x.assertWithin({ low, high })).expose('y');
      }),
    );
  const own = describe((x) => x.map(name, { format: q(fraction + 4, fraction) }));
  const without = describe((x) => x);
  const rows = (each: typeof own): number => totalRows(countRows(each.system));
  const { program, ranges } = own;
  const line = program.lines.findIndex(({ op }) => op === 'piecewise');
  const pieces = program.lines[line]!.attributes as Pieces;
  const bound = analyzeErrors(program, ranges, 'exact')[line]![0]!;
  const unit = 2 ** fraction;
  const listed = listPieces(pieces);
  const [first, span] = [low * unit, (high - low) * unit];
  let farthest = 0;
  for (let i = 0; i <= points; i++) {
    const x = first + Math.floor((span * i) / points);
    const value = valueAt(pieceAt(listed, BigInt(x))!, BigInt(x));
    const result = Number(roundShift(value, pieces.shift)) / unit;
    farthest = Math.max(farthest, Math.abs(result - realFunction(name)(x / unit)));
  }
  const places = (error: number): string => (error * unit).toFixed(2);
  const degree = pieces.coefficients.length / pieces.widths.length - 1;
  return [
    `\`${name}\``,
    `[${low}, ${high}]`,
    `2^-${fraction}`,
    `${pieces.widths.length}`,
    `${degree}`,
    `${(rows(own) - rows(without)) / count}`,
    places(bound),
    places(farthest),
  ];
}
