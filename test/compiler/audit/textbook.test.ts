// Right circuits as textbooks have them are closed, without inputs of an author; each is open where one assertion is left out.
import { expect, test } from 'vitest';
import { auditCircuit } from '../../../compiler/audit/audit.ts';
import { candidates } from '../../../compiler/audit/candidates.ts';
import { compileCircuit } from '../../../compiler/compile.ts';
import type { LoweredProgram } from '../../../compiler/meanings/circuit.ts';
import { circuit, defineHint, q, u, type CircuitBuilder } from '../../../dsl/index.ts';
import { inTier } from '../../tier.ts';
import { threshold } from '../testing/honest/circuits.ts';

const [relu, magnitude] = [
  defineHint('textbook-relu', ([x]) => x!.map((v) => Math.max(0, v))),
  defineHint('textbook-abs', ([x]) => x!.map(Math.abs)),
];

type Build = (c: CircuitBuilder, isWhole: boolean) => void;

const textbook: Readonly<Record<string, Build>> = {
  relu(c, isWhole) {
    const x = c.secret('x', q(16, 12), [2]);
    const y = c.advice(relu, [x], u(15, 12), [2], { within: 2 ** -13 });
    if (isWhole) y.sub(x).assertWithin({ low: 0, high: 15 });
    y.mul(y).sub(y.mul(x)).assertZero();
    y.expose('y');
  },
  'ReLU of which nothing is declared'(c, isWhole) {
    const x = c.secret('x', q(16, 12), [2]);
    const y = c.advice(relu, [x], u(15, 12), [2]);
    if (isWhole) y.sub(x).assertWithin({ low: 0, high: 15 });
    y.mul(y).sub(y.mul(x)).assertZero();
    y.expose('y');
  },
  reciprocal(c, isWhole) {
    const x = c.secret('x', u(16, 12), [2]);
    if (isWhole) x.assertWithin({ low: 1, high: 15.99 });
    const r = c.advice('reciprocal', [x], u(24, 20), [2], { within: 2 ** -11 });
    r.mul(x).assertWithin({ low: 1 - 2 ** -12, high: 1 + 2 ** -12 });
    r.expose('r');
  },
  'absolute value'(c, isWhole) {
    const x = c.secret('x', q(16, 12), [2]);
    const format = isWhole ? u(15, 12) : q(16, 12);
    const y = c.advice(magnitude, [x], format, [2], { within: 2 ** -13 });
    y.mul(y).sub(x.mul(x)).assertZero();
    y.expose('y');
  },
};

/** The codes of what is open. */
function audited(compiled: LoweredProgram): readonly string[] {
  const options = {
    seed: 1,
    seconds: 60,
    witnesses: 100,
    constraints: inTier({ quick: 1, normal: 2, full: 64 }),
  };
  const { open } = auditCircuit(compiled, candidates(compiled.program, [], 1), options);
  return open.map(({ code }) => code);
}

test.each(Object.entries(textbook))('%s', (name, build) => {
  const circuitOf = (isWhole: boolean) =>
    compileCircuit(circuit(name, {}, (c) => build(c, isWhole)));
  expect(audited(circuitOf(true))).toEqual([]);
  expect(audited(circuitOf(false))).not.toEqual([]);
});

test('top-k by a secret threshold', () => {
  expect(audited(compileCircuit(threshold))).toEqual([]);
});
