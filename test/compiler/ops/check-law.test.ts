import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkLaw } from './check-law.ts';

test('a law that fails: the op, the law, the command, the case', () => {
  const small = fc.property(fc.nat(), (n) => n < 5);
  expect(() => checkLaw('rescale', 'small', small)).toThrow(
    /^rescale: "small" does not hold\. .*\n {2}LETHE_TESTS=\w+ LETHE_SEED=-?\d+ npx vitest run test\/compiler\/ops\/laws\.test\.ts -t '\^rescale '\n[^]*Counterexample: \[5\]/,
  );
});

test('a law that holds says nothing', () => {
  checkLaw(
    'rescale',
    'natural',
    fc.property(fc.nat(), (n) => n >= 0),
  );
});
