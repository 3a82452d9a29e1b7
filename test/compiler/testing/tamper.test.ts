// The tamper harness finds what is free, and nothing where all is tied down.
import { expect, test } from 'vitest';
import { compileCircuit } from '../../../compiler/compile.ts';
import { tamper } from '../../../compiler/testing/index.ts';
import { circuit, q, u } from '../../../dsl/index.ts';
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

test('an unchecked unknown of a cubic equation: a root modulo p is found', () => {
  const compiled = compileCircuit(
    circuit('cubic', {}, (c) => {
      const n = c.secret('n', u(12, 0), [1]);
      const x = c.advice('square-root', [n], u(6, 0), [1]);
      x.mul(x).mul(x).sub(n).assertWithin({ low: 0, high: 4095 });
      x.expose('y');
    }),
  );
  const honest = new Map([['n', [9n]]]);
  expect(tamper(compiled, honest, { sameInputs: true }).accepted).toEqual([]);
  // Without the checks of x itself nothing but the equation bounds it.
  const [digit] = compiled.values[1]![0]!.terms;
  const { system } = compiled;
  const gates = system.gates.map(({ gate, origins }) => {
    if (gate.kind === 'range12' && gate.limbs.includes(digit!.variable)) {
      const [first, second, third, fourth] = gate.limbs.map((limb) =>
        limb === digit!.variable ? gate.limbs.find((each) => each !== limb)! : limb,
      );
      return { gate: { ...gate, limbs: [first!, second!, third!, fourth!] as const }, origins };
    }
    const scales = gate.kind === 'linear' && gate.terms.length === 1;
    return scales && gate.terms[0]!.variable === digit!.variable
      ? { gate: { kind: 'equal', left: 0, right: 0 } as const, origins }
      : { gate, origins };
  });
  const open = { ...compiled, system: { ...system, gates } };
  const { accepted } = tamper(open, honest, { first: true, sameInputs: true });
  expect(accepted).toHaveLength(1);
});
