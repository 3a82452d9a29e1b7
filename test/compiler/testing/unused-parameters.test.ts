// Parameters that change nothing are found; those that matter anywhere are not.
import { expect, test } from 'vitest';
import { candidateBits } from '../../../compiler/choices/candidates.ts';
import type { Program } from '../../../compiler/ir/program.ts';
import { checkLaws } from '../../../compiler/testing/index.ts';
import { findUnusedParameters } from '../../../compiler/testing/unused-parameters.ts';
import { assert, bit, circuit, u, type AnyCircuit, type Parameters } from '../../../dsl/index.ts';
import { examples } from '../../examples/circuits.ts';

/** Open choices as wide as can be: to search them takes long. */
const built = (each: AnyCircuit, parameters?: Parameters): Program =>
  each.build(parameters, (open) => candidateBits(open).at(-1)!);

const found = (each: AnyCircuit, parameters?: Parameters): string[] =>
  findUnusedParameters(each, built(each, parameters)).map(({ message }) => message);

const masked = (isAsserted: boolean) =>
  circuit('masked', { n: 8, k: 3 }, (c, { n, k }) => {
    if (k > n) throw new Error('k is at most n');
    const mask = c.public('mask', bit, [n]);
    if (isAsserted) assert`sum[i] ${mask}[i] == ${k}`;
    mask.contract('i,i->', c.secret('x', u(8, 0), [n])).expose('sum');
  });

test('a parameter that is nowhere asserted', () => {
  expect(found(masked(true))).toEqual([]);
  expect(found(masked(false))).toEqual([
    'the parameter "k" of circuit masked changes nothing: the program is the same with k=3 and with k=4, 6, 2',
  ]);
});

test('is refused by the laws', () => {
  expect(() => checkLaws(masked(false), { numRuns: 1 })).toThrow('unused-parameter');
});

test('one that matters in large builds alone, and one that can have no other value, are no findings', () => {
  const blocks = circuit('blocks', { n: 40, block: 16, exactly: 2 }, (c, { n, block, exactly }) => {
    if (exactly !== 2) throw new Error('exactly two');
    const count = Math.ceil(n / Math.max(block, 8));
    c.secret('x', u(8, 0), [count]).sum({ axis: 0 }).expose('sum');
  });
  expect(found(blocks)).toEqual([]);
});

test('a large circuit is not built where a small one shows that a parameter matters', () => {
  const sizes: number[] = [];
  const large = circuit('large', { n: 3000 }, (c, { n }) => {
    sizes.push(n);
    c.secret('x', u(8, 0), [n]).expose('y');
  });
  expect(found(large)).toEqual([]);
  expect(sizes).toEqual([3000, 4, 5]);
});

test.each(examples.map(({ name, circuit: each, small }) => [name, each, small] as const))(
  'none in the example %s',
  (_, each, small) => expect(found(each, small)).toEqual([]),
);
