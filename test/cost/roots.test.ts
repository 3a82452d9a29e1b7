// A root that is forced to one number costs at most 2 rows an element more than one within a tolerance, which leaves the prover a choice.
import { expect, test } from 'vitest';
import { totalRows, countRows } from '../../compiler/constraints/rows.ts';
import { lower } from '../../compiler/meanings/circuit.ts';
import { circuit, q, u, type Equation, type Tensor, type Unknown } from '../../dsl/index.ts';

interface Case {
  readonly title: string;
  /** The equation of x, for tensors a and b of 16 numbers. */
  readonly of: (x: Unknown, a: Tensor, b: Tensor) => Unknown;
  readonly format: Equation['format'];
  readonly box?: Equation['box'];
  /** Half a step of the equation between two numbers of the format, so that the nearest number passes. */
  readonly tolerance: number;
}

const cases: readonly Case[] = [
  {
    title: 'a / b',
    of: (x, a, b) => x.mul(b).sub(a),
    format: q(24, 16),
    tolerance: 2 ** -13,
  },
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

test.each(cases)('$title', ({ of, format, box, tolerance }) => {
  const rows = (given: Pick<Equation, 'tolerance'>): number => {
    const built = circuit('root', {}, (c) => {
      const a = c.secret('a', q(16, 12), [16]);
      const b = c.secret('b', u(15, 12), [16]).assertWithin({ low: 1, high: 7.5 });
      const options = { format, ...(box ? { box } : {}), ...given };
      c.root({ of: (x) => of(x, a, b), ...options }).expose('x');
      a.expose('given');
    }).build();
    return totalRows(countRows(lower(built).system));
  };
  const more = (rows({}) - rows({ tolerance })) / 16;
  expect(more).toBeLessThanOrEqual(2);
});
