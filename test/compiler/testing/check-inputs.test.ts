// An arbitrary of inputs that leaves the formats of a circuit is told as that, not as an honest prover who is refused.
import { expect, test } from 'vitest';
import {
  arbitraryInputs,
  withIntegers,
  type BoundInputs,
} from '../../../compiler/testing/index.ts';
import { compileCircuit } from '../../../compiler/compile.ts';
import { checkHonest, checkLaw } from '../../../compiler/testing/check-laws.ts';
import { exactInputs } from '../../../compiler/testing/exact-inputs.ts';
import { checkInputs } from '../../../compiler/testing/check-inputs.ts';
import type { Program } from '../../../compiler/ir/program.ts';
import { bit, circuit, field, q } from '../../../dsl/index.ts';
import fc from 'fast-check';

const mine = circuit('mine', {}, (c) => {
  const x = c.secret('x', q(6, 2), [2, 2]);
  const whole = c.secret('whole', q(6, 0), [], { exact: true });
  const mask = c.public('mask', bit, [2]);
  const salt = c.secret('salt', field, []);
  x.sum({ axis: 1 }).add(whole).expose('y');
  mask.expose('m');
  salt.expose('s');
});

const program = mine.build();
const [bound] = fc.sample(arbitraryInputs(program), 1) as [BoundInputs];

type Change = (bound: BoundInputs, program: Program) => BoundInputs;

const withReal =
  (name: string, ...reals: number[]): Change =>
  ({ fixed, real }) => ({ fixed, real: new Map([...real, [name, Float64Array.from(reals)]]) });
const without =
  (...names: string[]): Change =>
  ({ fixed, real }) => ({
    fixed: new Map([...fixed].filter(([name]) => !names.includes(name))),
    real,
  });
const setting =
  (integers: Readonly<Record<string, readonly bigint[]>>): Change =>
  (bound, program) =>
    withIntegers(program, bound, integers);

test.each<[string, Change, string, string]>([
  [
    'an integer outside of its format',
    setting({ x: [0n, 0n, 32n, 0n] }),
    'element [1,0] of "x" is the integer 32 (8), which q6.2 does not hold: it has -8 to 7.75 (integers [-32, 31])',
    'clamp it to the format',
  ],
  [
    'a bit that is 2',
    setting({ mask: [0n, 2n] }),
    'element [1] of "mask" is the integer 2',
    'clamp',
  ],
  ['no field element', setting({ salt: [-1n] }), '"salt" is the integer -1, which is no', 'clamp'],
  [
    'too few numbers',
    setting({ x: [0n, 0n] }),
    '"x" has 2 integers, and the circuit takes 4 (q6.2[2,2])',
    'row by row',
  ],
  ['a missing input', without('mask'), '"mask" (bit[2]) is missing', 'arbitraryInputs(program)'],
  [
    'a name of no input',
    setting({ maks: [0n, 1n] }),
    'circuit mine has no input "maks"',
    'it has: x, whole, mask, salt',
  ],
  [
    'reals of other integers',
    (bound, program) =>
      withReal('x', 0, 0, 0, 0.3)(setting({ x: [0n, 0n, 0n, 3n] })(bound, program), program),
    'element [1,1] of "x" has the real 0.3, which rounds to 1, and the integer 3 (0.75)',
    'withIntegers(program, bound',
  ],
  ['a real that is NaN', withReal('x', NaN, 0, 0, 0), 'the real NaN, which is no number', 'sets'],
  [
    'a rounded real of an exact input',
    (bound, program) => withReal('whole', 2.25)(setting({ whole: [2n] })(bound, program), program),
    '"whole" is exact, and its real 2.25 is not the 2 of its integer 2',
    'sets integers and the reals',
  ],
  ['reals of another length', withReal('x', 0), '"x" has 1 reals, and the circuit takes 4', 'row'],
  ['numbers for bigints', setting({ whole: [2 as never] }), '"whole" is 2, and integers are', '1n'],
  ['no inputs', () => ({}) as never, 'they are no { fixed, real } of two Maps', 'arbitraryInputs'],
])('%s', (_, change, message, hint) => {
  const check = (): void => checkInputs(program, change(bound, program));
  expect(check).toThrow('error[bad-inputs]: the inputs to try (option `inputs`): ');
  expect(check).toThrow(message);
  expect(check).toThrow(hint);
});

test('they are told before a law is tried', () => {
  const inputs = (): fc.Arbitrary<BoundInputs> =>
    fc.constant(withIntegers(program, bound, { mask: [0n, 2n] }));
  const options = { inputs, numRuns: 1 };
  for (const check of [checkHonest, checkLaw.bind(undefined, 'tampering is refused', mine)])
    expect(() => check(compileCircuit(mine), options)).toThrow('error[bad-inputs]');
});

test('what the formats hold passes, and so do integers past 53 bits', () => {
  const wide = circuit('wide', {}, (c) => c.secret('x', q(80, 3), [2]).expose('y'));
  for (const each of [mine, wide])
    fc.assert(
      fc.property(arbitraryInputs(each.build()), (bound) => checkInputs(each.build(), bound)),
      { numRuns: 10 },
    );
  const far = exactInputs(wide.build(), new Map([['x', [2n ** 70n + 1n, -(2n ** 61n) + 1n]]]));
  checkInputs(wide.build(), far);
});
