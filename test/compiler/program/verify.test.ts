import { expect, test } from 'vitest';
import type { Line, Program } from '../../../compiler/ir/program.ts';
import { findInvalidLines, verify } from '../../../compiler/program/verify.ts';
import { circuit, q } from '../../../dsl/index.ts';

const valid = circuit('valid', {}, (c) => {
  const x = c.secret('x', q(12, 4), [2]);
  x.mul(x).expose('y');
}).build();

const changed = (number: number, change: Partial<Line>): Program => ({
  ...valid,
  lines: valid.lines.map((line, i) => (i === number ? { ...line, ...change } : line)),
});

test('what the builder makes is valid', () => {
  expect(findInvalidLines(valid)).toEqual([]);
  expect(verify(valid, 'building')).toBe(valid);
});

test.each([
  ['a use before the definition', changed(1, { arguments: [0, 2] }), 'uses %2'],
  ['a use of itself', changed(1, { arguments: [1, 0] }), 'uses %1'],
  ['a type that does not follow', changed(1, { type: valid.lines[0]!.type }), 'has type q12.4[2]'],
  ['too few arguments', changed(1, { arguments: [0] }), 'mul expects 2 arguments'],
  [
    'an effect as a value',
    { ...valid, lines: [...valid.lines, { ...valid.lines[1]!, arguments: [2, 0] }] },
    'uses %2, which has no value',
  ],
  [
    'a name twice',
    {
      ...valid,
      lines: [...valid.lines, { ...valid.lines[0]!, attributes: valid.lines[0]!.attributes }],
    },
    'the name "x" occurs twice',
  ],
])('%s', (_, program, message) => {
  expect(() => verify(program, 'some-pass')).toThrow(`after some-pass: line %`);
  expect(() => verify(program, 'some-pass')).toThrow(message);
});
