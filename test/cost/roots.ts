// Roots that are forced to one number beside roots within a tolerance, which leave the prover a choice.
import { countRows, totalRows } from '../../compiler/constraints/rows.ts';
import { lower } from '../../compiler/meanings/circuit.ts';
import { circuit, q, u, type Equation, type Tensor, type Unknown } from '../../dsl/index.ts';

export interface RootCase {
  readonly title: string;
  /** The equation of x, for tensors a and b. */
  readonly of: (x: Unknown, a: Tensor, b: Tensor) => Unknown;
  readonly format: Equation['format'];
  readonly box?: Equation['box'];
  /** Half of what the equation changes between two numbers of the format, so that the nearest number passes. */
  readonly tolerance: number;
}

export const rootCases: readonly RootCase[] = [
  { title: 'a / b', of: (x, a, b) => x.mul(b).sub(a), format: q(24, 16), tolerance: 2 ** -13 },
  { title: '1 / b', of: (x, _, b) => x.mul(b).sub(1), format: u(20, 18), tolerance: 2 ** -15 },
  {
    title: '1 / √b',
    of: (x, _, b) => x.mul(x).mul(b).sub(1),
    format: u(20, 18),
    box: { low: 2 ** -18, high: 2 },
    tolerance: 2 ** -15,
  },
  {
    title: '√b',
    of: (x, _, b) => x.mul(x).sub(b),
    format: u(20, 16),
    box: { low: 0.5, high: 4 },
    tolerance: 2 ** -14,
  },
  {
    title: 'x³ + b x = a',
    of: (x, a, b) => x.mul(x).mul(x).add(x.mul(b)).sub(a),
    format: q(20, 16),
    tolerance: 2 ** -11,
  },
];

const elements = 16;

/** Rows of one element, forced and within the tolerance; without its inputs and output. */
export function rootRows({ of, format, box, tolerance }: RootCase): readonly [number, number] {
  const rows = (given?: Pick<Equation, 'tolerance'>): number => {
    const built = circuit('root', {}, (c) => {
      const a = c.secret('a', q(16, 12), [elements]);
      const b = c.secret('b', u(15, 12), [elements]).assertWithin({ low: 1, high: 7.5 });
      const plain = c.constant(0, format, [elements]);
      const own = { of: (x: Unknown) => of(x, a, b), format, ...(box ? { box } : {}), ...given };
      (given ? c.root(own) : plain).expose('x');
      a.expose('same');
    }).build();
    return totalRows(countRows(lower(built).system));
  };
  const without = rows();
  return [rows({}), rows({ tolerance })].map((each) => (each - without) / elements) as [
    number,
    number,
  ];
}
