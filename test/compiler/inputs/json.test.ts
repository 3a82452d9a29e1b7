import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileCircuit } from '../../../compiler/compile.ts';
import { systemDigest } from '../../../compiler/constraints/digest.ts';
import { bindInputs } from '../../../compiler/inputs/bind.ts';
import { parseJsonTensors } from '../../../compiler/inputs/json.ts';
import type { LoweredProgram } from '../../../compiler/meanings/circuit.ts';
import { analyzeErrors } from '../../../compiler/meanings/error.ts';
import { inputsOf } from '../../../compiler/program/ports.ts';
import { print } from '../../../compiler/program/print.ts';
import { parse } from '../../../compiler/program/text/parse.ts';
import { arbitraryInputs } from '../../../compiler/testing/index.ts';
import { bit, circuit, field, q, u, type InputOptions } from '../../../dsl/index.ts';

const program = circuit('bound', {}, (c) => {
  const x = c.secret('x', q(8, 4), [2]);
  c.public('mask', bit, [2]).select(x, 0).expose('y');
  c.secret('salt', field, [1]).hash().expose('h');
}).build();

const bind = (text: string) => bindInputs(program, parseJsonTensors(text, 'f.json'));

test('numbers are reals, booleans bits, strings exact integers', () => {
  const { real, fixed } = bind(
    '{"x": [0.25, -8], "mask": [true, 0], "salt": ["123456789012345678901234567890"]}',
  );
  expect(fixed.get('x')).toEqual([4n, -128n]);
  expect(real.get('x')).toEqual(Float64Array.of(0.25, -8));
  expect(fixed.get('mask')).toEqual([1n, 0n]);
  expect(fixed.get('salt')).toEqual([123456789012345678901234567890n]);
});

test('reals are rounded half up, and keep their own value for the float meaning', () => {
  const { real, fixed } = bind('{"x": [0.03125, -0.03125], "mask": [0, 0], "salt": [1]}');
  expect(fixed.get('x')).toEqual([1n, 0n]);
  expect(real.get('x')).toEqual(Float64Array.of(0.03125, -0.03125));
});

describe('refused', () => {
  test.each([
    ['a name twice', '{"x": [1, 1], "x": [2, 2]}', 'has the key "x" twice in one object'],
    [
      'a string for a real',
      '{"x": ["1", 1], "mask": [0, 0], "salt": [1]}',
      'element [0]: "1" is a string',
    ],
    [
      'nesting without end',
      `{"x": ${'['.repeat(20_000)}${']'.repeat(20_000)}}`,
      'nested 41 deep, at most 40',
    ],
    [
      'p itself',
      `{"x": [1, 1], "mask": [0, 0], "salt": ["28948022309329048855892746252171976963363056481941560715954676764349967630337"]}`,
      'is not a field element',
    ],
    [
      'several at once',
      '{"x": [9, 1], "mask": [2, 0], "salt": [-1]}',
      'tensor "mask", element [0]: 2 is not a bit',
    ],
  ])('%s', (_, text, message) => {
    expect(() => bind(text)).toThrow(message);
  });
});

describe('exact inputs', () => {
  const exact = circuit('exact', {}, (c) => {
    const x = c.secret('x', q(8, 4), [2, 2], { exact: true });
    x.sub(c.public('n', u(6, 0), [2], { exact: true })).expose('y');
  }).build();
  const bindExact = (x: number[][], n: number[] = [0, 0]) =>
    bindInputs(exact, parseJsonTensors(JSON.stringify({ x, n }), 'f.json'));

  test('numbers of the format are taken as they are', () => {
    const { fixed, real } = bindExact(
      [
        [0.0625, -8],
        [7.9375, 0],
      ],
      [63, 1],
    );
    expect(fixed.get('x')).toEqual([1n, -128n, 127n, 0n]);
    expect(fixed.get('n')).toEqual([63n, 1n]);
    expect(real.get('x')).toEqual(Float64Array.of(0.0625, -8, 7.9375, 0));
  });

  test.each<[string, number[][], number[], string]>([
    [
      'between two numbers',
      [
        [0, 0.3],
        [0, 0],
      ],
      [0, 0],
      'f.json: tensor "x", element [0,1]: 0.3 is not a multiple of 2^-4, and the input is exact; the nearest numbers of q8.4 are 0.25 and 0.3125',
    ],
    [
      'next to the end',
      [
        [0, 0],
        [7.95, 0],
      ],
      [0, 0],
      'element [1,0]: 7.95 is not a multiple of 2^-4, and the input is exact; the nearest numbers of q8.4 are 7.9375\n',
    ],
    [
      'off by the last bit of a float64',
      [
        [0, 0],
        [0, 1 + 2 ** -52],
      ],
      [0, 0],
      'element [1,1]: 1.0000000000000002 is not a multiple of 2^-4',
    ],
    [
      'not whole',
      [
        [0, 0],
        [0, 0],
      ],
      [1, 2.5],
      'tensor "n", element [1]: 2.5 is not whole, and the input is exact; the nearest numbers of u6.0 are 2 and 3',
    ],
    [
      'outside the format first of all',
      [
        [9.3, 0],
        [0, 0],
      ],
      [0, 0],
      'element [0,0]: 9.3 does not fit q8.4',
    ],
  ])('refused: %s', (_, x, n, message) => {
    expect(() => bindExact(x, n)).toThrow(message);
  });

  test('the cure is said', () => {
    expect(() =>
      bindExact([
        [0.3, 0],
        [0, 0],
      ]),
    ).toThrow(
      /hint: quantize the data, widen the format by fractional bits, or declare the input without `exact`/,
    );
  });

  test('their error is 0, and what is made of them exact; the constraints are those of rounded ones', () => {
    const of = (options: InputOptions) =>
      compileCircuit(
        circuit('exact', {}, (c) => {
          const x = c.secret('x', q(8, 4), [2], options);
          x.mul(x).expose('y');
        }),
      );
    const [rounded, own] = [of({}), of({ exact: true })];
    const largest = ({ program, ranges }: LoweredProgram) =>
      analyzeErrors(program, ranges).map((errors) => Math.max(0, ...errors));
    expect(largest(own)).toEqual([0, 0, 0]);
    expect(largest(rounded)[0]).toBe(2 ** -5);
    expect(largest(rounded)[1]).toBeGreaterThan(0);
    expect(systemDigest(own.system)).toBe(systemDigest(rounded.system));
  });

  test('random inputs of exact tensors are numbers of the format', () => {
    for (const { real, fixed } of fc.sample(arbitraryInputs(exact), { numRuns: 100, seed: 3 }))
      expect(Array.from(real.get('x')!, (x) => x * 16)).toEqual(fixed.get('x')!.map(Number));
  });

  test('as text, and back', () => {
    const text = print(exact);
    expect(text).toContain('  secret x exact=true : q8.4[2,2]\n');
    expect(print(parse(text))).toBe(text);
    expect(inputsOf(parse(text)).map((port) => port.exact)).toEqual([true, true]);
    expect(() => parse('circuit t\n  secret x exact=1 : q8.4[2]\n')).toThrow('"exact"');
    expect(() => parse('circuit t\n  secret x sharp=true : q8.4[2]\n')).toThrow(
      'input has no attribute "sharp"',
    );
  });
});
