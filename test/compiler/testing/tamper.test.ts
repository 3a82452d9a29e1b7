// The tamper harness finds what is free, and nothing where all is tied down.
import { expect, test } from 'vitest';
import { compileCircuit } from '../../../compiler/compile.ts';
import { tamper } from '../../../compiler/testing/index.ts';
import { circuit, q } from '../../../dsl/index.ts';
import { checked, rounding, tooWide, unchecked } from '../../zoo/rounding.ts';

const inputs = new Map([['x', [1234n, -77n]]]);

test.each([
  ['remainder unchecked', rounding(checked, unchecked)],
  ['quotient unchecked', rounding(unchecked, checked)],
  ['remainder a bit too wide', rounding(checked, tooWide)],
])('%s: a dishonest witness is accepted, at the rescale', (_, circuit) => {
  const { accepted } = tamper(circuit, inputs, { first: true });
  expect(accepted).toHaveLength(1);
  expect(circuit.program.lines[accepted[0]!.origin.line]!.op).toBe('rescale');
});

test('both checked: thousands are tried, none is accepted', () => {
  const { tried, refused, harmless, accepted } = tamper(rounding(checked, checked), inputs);
  expect(accepted).toEqual([]);
  expect(refused + harmless).toBe(tried);
  expect(refused).toBeGreaterThan(200);
});

test('a sample is seeded, limited, and can be ended', () => {
  const compiled = compileCircuit(
    circuit('product', {}, (c) => {
      const x = c.secret('x', q(8, 2), [2]);
      x.mul(x).rescale(q(12, 2)).expose('y');
    }),
  );
  const values = new Map([['x', [100n, -3n]]]);
  const run = () => tamper(compiled, values, { seed: 5, limit: 50 });
  expect(run()).toEqual(run());
  expect(run().tried).toBeLessThanOrEqual(50);
  expect(tamper(compiled, values, { until: () => true }).tried).toBe(0);
});
