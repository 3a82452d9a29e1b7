// Hints that a text names and no module defines: it is read all the same, and they are found, with their lines.
import { expect, test } from 'vitest';
import { circuit, defineHint, u } from 'lethe';
import { compileProgram } from '../../../compiler/compile.ts';
import { isLetheError, render } from '../../../compiler/diagnostics/diagnostic.ts';
import { findMissingHints, hintsOf } from '../../../compiler/program/hints.ts';
import { print } from '../../../compiler/program/print.ts';
import { parse } from '../../../compiler/program/text/parse.ts';

const text = `circuit hinted
  secret x : u8.0[2]
  %1 = advice x hint="hints-test-half" : u7.0[2]
  %2 = advice x hint="hints-test-low" : u1.0[2]
  %3 = advice x hint="hints-test-half" : u7.0[2]
  %4 = advice x hint="reciprocal" : u7.0[2]
  expose %1 name="y"
`;

test('a text is read, compiled and printed without them', () => {
  const program = parse(text, 'hinted.lethe');
  expect(compileProgram(program).program.lines).toHaveLength(6);
  expect(print(program)).toContain('advice x hint="hints-test-half"');
  expect([...hintsOf(program)]).toEqual([
    ['hints-test-half', [1, 3]],
    ['hints-test-low', [2]],
    ['reciprocal', [4]],
  ]);
});

test('all that are missing are found, at their first lines, until they are defined', () => {
  const program = parse(text, 'hinted.lethe');
  expect(findMissingHints(program).map(({ message, where }) => [message, where])).toEqual([
    [
      'no hint is called "hints-test-half"; also needed in line 5',
      { file: 'hinted.lethe', line: 3, column: 3 },
    ],
    ['no hint is called "hints-test-low"', { file: 'hinted.lethe', line: 4, column: 3 }],
  ]);
  expect(findMissingHints(program)[0]!.hint).toContain('--hints MODULE');
  defineHint('hints-test-half', ([x]) => x!);
  expect(findMissingHints(program)).toHaveLength(1);
  defineHint('hints-test-low', ([x]) => x!);
  expect(findMissingHints(program)).toEqual([]);
});

test('an author who misspells a hint is told so at his line, when the circuit is built', () => {
  const misspelt = circuit('misspelt', {}, (c) => {
    const x = c.secret('x', u(8, 0));
    c.advice('reciprocl', [x], u(8, 0)).expose('y');
  });
  let message = '';
  try {
    misspelt.build();
  } catch (error) {
    if (!isLetheError(error)) throw error;
    message = error.diagnostics.map((each) => render(each)).join('\n');
  }
  expect(message).toMatch(
    /hints\.test\.ts:49:7: error\[unknown-hint\]: no hint is called "reciprocl"/,
  );
});
