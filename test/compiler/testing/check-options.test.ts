// Options of the laws that are wrong: said before any law is tried.
import { expect, test } from 'vitest';
import { checkLaws } from '../../../compiler/testing/index.ts';
import { circuit, q } from '../../../dsl/index.ts';

const twice = circuit('twice', { n: 1 }, (c, { n }) => {
  const x = c.secret('x', q(8, 0), [n]);
  x.add(x).expose('y');
});

test.each<readonly [object, string]>([
  [{ specs: () => ({}) }, 'the laws have no option "specs"'],
  [{ toString: 1 }, 'the laws have no option "toString"'],
  [{ numRuns: 0 }, 'the option "numRuns" is 0'],
  [{ within: '0.1' }, 'the option "within" is "0.1"'],
  [{ within: { y: null } }, 'the option "within" is {"y":null}'],
  [{ assume: 'x' }, 'the option "assume" is "x"'],
  [{ inputs: {} }, 'the option "inputs" is {}'],
  [{ spec: [1] }, 'the option "spec" is [1]'],
])('%o', (options, message) => {
  expect(() => checkLaws(twice, options)).toThrow(message);
});

test('an option that is undefined is left out', () => {
  expect(() => checkLaws(twice, { numRuns: 3, within: undefined as never })).not.toThrow();
});
