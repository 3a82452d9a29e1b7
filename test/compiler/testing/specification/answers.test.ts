// Answers that a specification may give, and the messages about other answers.
import { describe, expect, test } from 'vitest';
import { compileCircuit } from '../../../../compiler/compile.ts';
import { checkLaw, lawsOf } from '../../../../compiler/testing/check-laws.ts';
import { isLetheError } from '../../../../compiler/diagnostics/diagnostic.ts';
import type { AnyCircuit } from '../../../../dsl/circuit.ts';
import { bit, circuit, defineHint, digest, field, q, u } from '../../../../dsl/index.ts';
import { commit } from '../../../../stdlib/index.ts';
import {
  arbitraryInputs,
  type LawOptions,
  type Specification,
} from '../../../../compiler/testing/index.ts';

const law = 'what is accepted agrees with the specification';

/** The message of the law; `passes` where it holds. */
function said(mine: AnyCircuit, options: LawOptions): string {
  try {
    checkLaw(law, mine, compileCircuit(mine), { numRuns: 2, ...options });
    return 'passes';
  } catch (error) {
    expect(error).toBeInstanceOf(Error);
    return (error as Error).message;
  }
}

const halves = circuit('halves', { n: 2 }, (c, { n }) => {
  const x = c.secret('x', q(8, 4), [n]);
  const salts = c.secret('salts', field, [1, 1]);
  x.scale(0.5, { fraction: 1 }).rescale(q(8, 3)).expose('y');
  commit(x.reshape([1, n]), { salts }).expose('commitment');
});
const half = (x: readonly number[] | undefined) => x!.map((value) => value / 2);

describe('answers that are compared', () => {
  test.each<[string, LawOptions]>([
    ['reals, within the derived bound', { spec: ({ x }) => ({ y: half(x) }) }],
    ['reals of a Float64Array', { spec: ({ x }) => ({ y: Float64Array.from(half(x)) }) }],
    [
      'integers in units of the last place',
      { spec: (_, { integers: { x } }) => ({ y: x!.map((value) => (value + 2n) >> 2n) }) },
    ],
    ['the numbers of a commitment', { spec: ({ x }) => ({ y: half(x), commitment: [...x!] }) }],
    ['a wide distance of one output', { spec: () => ({ y: [0, 0] }), within: { y: 4 } }],
  ])('%s', (_, options) => expect(said(halves, options)).toBe('passes'));
});

describe('answers that are refused', () => {
  test.each<[string, Specification, string, string]>([
    ['an output that is left out', () => ({}), 'leaves out the output "y" (q8.3[2])', '2 numbers'],
    [
      'a name of no output',
      ({ x }) => ({ y: half(x), z: [1] }),
      'gives "z", and circuit halves has no such output',
      'it has: y, commitment',
    ],
    [
      'another length',
      () => ({ y: [1, 2, 3] }),
      'the output "y" 3 numbers, and it has 2 (shape [2])',
      'the second argument of the specification has the sizes',
    ],
    [
      'a length of another commitment',
      ({ x }) => ({ y: half(x), commitment: [1] }),
      '"commitment" 1 numbers, and it commits to 2 (shape [1,2])',
      'one flat list',
    ],
    ['NaN', () => ({ y: [0, NaN] }), '"y" with NaN at element 1, for x = [', 'or undefined'],
    [
      'lists in a list',
      () => ({ y: [[1], [2]] }) as never,
      '"y" as a list of lists',
      'one flat list, row by row',
    ],
    ['a number', () => ({ y: 1 }) as never, '"y" as a number', 'one flat list'],
    ['no outputs', () => 1 as never, 'gives a number', 'undefined where no proof'],
    ['a promise', (async () => ({ y: [0] })) as never, 'gives a promise', 'by name'],
    [
      'a name of no input',
      ({ weights }) => ({ y: half(weights) }),
      'reads the input "weights", which the circuit does not have',
      'it has: x',
    ],
    [
      'the reals of field elements',
      ({ salts }) => ({ y: half(salts) }),
      'reads the input "salts", which has no real numbers',
      'integers.salts',
    ],
    [
      'a name of no parameter',
      (_, { parameters: { size } }) => ({ y: [size!] }),
      'reads the parameter "size"',
      'it has: n',
    ],
    [
      'a change of its inputs',
      ({ x }) => ({ y: (x as number[]).sort() }),
      'throws "TypeError',
      'at smaller sizes',
    ],
    [
      'an error',
      () => {
        throw new RangeError('too small');
      },
      'throws "RangeError: too small" for x = [',
      'at smaller sizes',
    ],
  ])('%s', (_, spec, message, hint) => {
    const text = said(halves, { spec });
    expect(text).toContain('error[bad-specification]');
    expect(text).toContain(message);
    expect(text).toContain(hint);
    expect(text).not.toContain('replay(');
  });
});

test('a specification that is wrong itself is told with both values', () => {
  const text = said(halves, { spec: ({ x }) => ({ y: x!.map((value) => value / 4) }) });
  expect(text).toMatch(
    /an honest witness(?: of other inputs)?: output "y", element \d: (\S+) is accepted, the specification says (\S+): \S+ apart, and 0.0625 is allowed/,
  );
  expect(text).toMatch(/\n {2}inputs: x = \[.*\]\n {2}accepted: y = \[.*\]\n {2}specified: y = \[/);
  const integers = said(halves, { spec: (_, { integers: { x } }) => ({ y: x! }) });
  expect(integers).toMatch(/the integer -?\d+ is accepted, the specification says -?\d+\n/);
  const committed: Specification = ({ x }) => ({ y: half(x), commitment: half(x) });
  expect(said(halves, { spec: committed })).toContain('of what it commits to');
});

test('inputs that the specification refuses are told', () => {
  const shown = circuit('shown', {}, (c) => c.public('x', q(8, 4), []).expose('y'));
  const spec: Specification = ({ x }) => (x![0]! > 4 ? undefined : { y: [...x!] });
  const text = said(shown, { spec, numRuns: 8 });
  expect(text).toContain('accepted, but the specification refuses these inputs\n  inputs: x = [');
  expect(text).toContain('\n  accepted: y = [');
});

test('a size that the specification does not know is not called the smallest failure', () => {
  const text = said(halves, { spec: ({ x }) => ({ y: [x![0]!, x![1]!] }) });
  expect(text).toContain('parameters: {"n":2}');
});

describe('a distance', () => {
  const clamped = defineHint('answers-clamp', ([x]) => x!.map((v) => Math.min(1, v)));
  const claimed = (within?: number): AnyCircuit =>
    circuit('claimed', {}, (c) => {
      const x = c.secret('x', q(8, 4), [1]);
      const options = within === undefined ? {} : { within };
      c.advice(clamped, [x], q(8, 4), [1], options).expose('y');
    });
  const decided = circuit('decided', {}, (c) => {
    const x = c.secret('x', q(8, 4), [1]).scale(0.3, { fraction: 4, rounding: 'counted' });
    x.atLeast(0.3).expose('y');
  });

  test.each<[string, AnyCircuit, string]>([
    ['that nothing derives', claimed(), 'no distance to the reals is derived'],
    ['that rests on a claim', claimed(0.5), '0.5 rests on "answers-clamp.within"'],
    ['of a decision on inexact values', decided, 'the derived distance 1 excludes no value'],
  ])('%s is asked for', (_, mine, message) => {
    const text = said(mine, { spec: () => ({ y: [0] }) });
    expect(text).toContain('error[no-tolerance]');
    expect(text).toContain('output "y"');
    expect(text).toContain(message);
    expect(text).toContain('within: { "y": 0.01 }');
  });

  test.each<[LawOptions['within'], string]>([
    [-1, '-1 is no distance'],
    [NaN, 'NaN is no distance'],
    [{ y: Infinity }, 'output "y": Infinity is no distance'],
    [{ z: 1 }, 'the circuit has no output "z"'],
  ])('of %j is refused', (within, message) => {
    const text = said(halves, { within: within!, spec: ({ x }) => ({ y: half(x) }) });
    expect(text).toContain('error[bad-within]');
    expect(text).toContain(message);
  });

  test('from nothing is refused', () => {
    expect(() => lawsOf({ within: 1 })).toThrow('error[bad-within]: `within` is a distance from a');
  });
});

test('digests are compared as they are, where they are given', () => {
  const shown = circuit('shown', {}, (c) => {
    c.public('d', digest, [1]).expose('same');
    c.public('x', u(4, 0), [1]).expose('y');
  });
  const spec =
    (by: bigint): Specification =>
    (_, { integers: { d, x } }) => ({
      y: x!,
      same: d!.map((value) => value + by),
    });
  expect(said(shown, { spec: spec(0n) })).toBe('passes');
  expect(said(shown, { spec: spec(1n) })).toContain('output "same", element 0: the integer');
  expect(said(shown, { spec: () => ({ y: [0], same: [1] }) })).toContain(
    'reals, and it is a digest that commits to no single tensor of numbers',
  );
});

describe('completeness', () => {
  const narrow = circuit('narrow', {}, (c) => {
    c.secret('x', q(8, 0), [1]).assertWithin({ low: -100, high: 100 });
    c.public('mask', bit, [1]).expose('m');
  });
  const complete = 'what the specification takes is accepted';
  const spec: Specification = ({ mask }) => ({ m: mask! });

  test('is asked of the inputs of an author alone', () => {
    expect(lawsOf({ spec })).not.toContain(complete);
    expect(lawsOf({ spec, inputs: arbitraryInputs })).toContain(complete);
    expect(lawsOf({ inputs: arbitraryInputs })).not.toContain(law);
  });

  test('fails where an honest prover is refused', () => {
    const check = (): void =>
      checkLaw(complete, narrow, compileCircuit(narrow), { spec, inputs: arbitraryInputs });
    expect(check).toThrow(
      /an honest prover is refused, and the specification takes these inputs: .*assert-within[^]*inputs: x = \[/,
    );
  });
});

test('findings of an author are LetheErrors, failures of a law are not', () => {
  const check = (spec: Specification) => (): void =>
    checkLaw(law, halves, compileCircuit(halves), { spec, numRuns: 1 });
  const kinds = [(): {} => ({}), (): {} => ({ y: [99, 99] })].map((spec) => {
    try {
      return check(spec)();
    } catch (error) {
      return isLetheError(error);
    }
  });
  expect(kinds).toEqual([true, false]);
});
