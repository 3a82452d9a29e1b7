import { describe, expect, test } from 'vitest';
import { bindInputs } from '../../../compiler/inputs/bind.ts';
import { parseJsonTensors } from '../../../compiler/inputs/json.ts';
import { bit, circuit, field, q } from '../../../dsl/index.ts';

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
    ['a name twice', '{"x": [1, 1], "x": [2, 2]}', 'the name "x" occurs twice'],
    [
      'a string for a real',
      '{"x": ["1", 1], "mask": [0, 0], "salt": [1]}',
      'element [0]: "1" is a string',
    ],
    [
      'nesting without end',
      `{"x": ${'['.repeat(20_000)}${']'.repeat(20_000)}}`,
      'nested deeper than 32',
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
