// Reports write the equation of a root.
import { expect, test } from 'vitest';
import { reportLines } from '../../../compiler/cli/report.ts';
import { lower } from '../../../compiler/meanings/circuit.ts';
import { circuit, q, u } from '../../../dsl/index.ts';

test('roots are reported with their equations, constants by value', () => {
  const built = circuit('roots', {}, (c) => {
    const v = c.secret('v', u(12, 8)).add(0.25);
    const g = c.secret('g', q(12, 8));
    v.rsqrt().expose('a');
    v.sqrt().expose('b');
    c.root({ of: (x) => x.mul(x).mul(x).sub(x.neg()).sub(g), format: q(16, 8) }).expose('c');
    c.root({ of: (x) => x.mul(v).sub(1.5), format: q(16, 8), tolerance: 0.125 }).expose('d');
  }).build();
  const formulas = reportLines(lower(built)).flatMap(({ formula }) => formula ?? []);
  expect(formulas.map((text) => text.replace(/%\d+/, '%'))).toEqual([
    '% x² − 1 = 0',
    'x² + % = 0',
    'x³ + x + % = 0',
    '−τ ≤ % x − 1.5 < τ = 0.125',
  ]);
});
