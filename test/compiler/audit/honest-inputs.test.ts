// Which inputs an audit uses: candidates that an honest prover has, and where these are few, others that are found.
import { expect, test } from 'vitest';
import { auditCircuit } from '../../../compiler/audit/audit.ts';
import { honestInputs } from '../../../compiler/audit/honest.ts';
import { compileCircuit } from '../../../compiler/compile.ts';
import { circuit, u } from '../../../dsl/index.ts';
import { threshold } from '../testing/honest/circuits.ts';

const options = { seed: 1, seconds: 60, witnesses: 10, constraints: 2 };
const trust = { assumptions: [], derived: [], certificates: new Map(), findings: [], restsOn: [] };

test('without candidates the nets are tried all the same', () => {
  const { open, tampering, mutation } = auditCircuit(
    compileCircuit(threshold, { n: 4, k: 2 }),
    [],
    options,
  );
  expect(open.map(({ code }) => code)).toEqual([]);
  expect(tampering?.inputs).toBe(3);
  expect(mutation?.gates).toBe(2);
});

const narrow = compileCircuit(
  circuit('narrow', {}, (c) => {
    c.secret('x', u(24, 0)).assertWithin({ low: 1000, high: 2000 }).expose('y');
  }),
);
const inputs = (x: bigint) => new Map([['x', [x]]]);

test('candidates come first, and others are found up to eight', () => {
  const { honest } = honestInputs(narrow, [inputs(5n), inputs(1500n)], trust, options);
  expect(honest[0]).toEqual(inputs(1500n));
  expect(honest).toHaveLength(8);
  expect(new Set(honest.map((each) => each.get('x')!.join())).size).toBe(8);
});

test('with enough candidates nothing is looked for', () => {
  const candidates = Array.from({ length: 9 }, (_, i) => inputs(1000n + BigInt(i)));
  expect(honestInputs(narrow, candidates, trust, options).honest).toEqual(candidates);
});

test('where there are none, the report names the assertion that is nearest to hold', () => {
  const square = circuit('square', {}, (c) => {
    const x = c.secret('x', u(16, 0));
    x.mul(x).sub(1_000_001).assertZero();
  });
  const { open } = auditCircuit(compileCircuit(square), [inputs(3n)], options);
  const [finding] = open.filter(({ code }) => code === 'no-honest-input');
  expect(finding!.message).toMatch(
    /^none of 1 inputs has an honest witness, nor was one found in \d+ searches .* nearest to hold is assert-zero: -1 is 1 below 0/,
  );
  expect(finding!.hint).toContain('--inputs');
  expect(finding!.where?.line).toBeGreaterThan(40);
});

test('an audit that is asked for no attacks is not complete', () => {
  const { notTried } = auditCircuit(narrow, [inputs(1500n)], {
    ...options,
    witnesses: 0,
    constraints: 0,
  });
  expect(notTried).toEqual([
    'no dishonest witness was asked for',
    'no changed constraint was asked for',
  ]);
});
