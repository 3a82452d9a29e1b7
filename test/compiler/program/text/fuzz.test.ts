// Whatever the text: a program, or findings that each have a place and a hint.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isLetheError } from '../../../../compiler/diagnostics/diagnostic.ts';
import { print } from '../../../../compiler/program/print.ts';
import { parse } from '../../../../compiler/program/text/parse.ts';
import { findInvalidLines } from '../../../../compiler/program/verify.ts';
import { arbitraryProgram } from '../../../../compiler/testing/index.ts';
import { programs } from '../../ops/programs.ts';

function holds(text: string): void {
  try {
    const program = parse(text, 'fuzzed.lethe');
    expect(findInvalidLines(program)).toEqual([]);
    expect(print(parse(print(program)))).toBe(print(program));
  } catch (error) {
    if (!isLetheError(error)) throw error;
    const lines = text.split(/\r\n|\r|\n/);
    expect(error.diagnostics.length).toBeGreaterThan(0);
    for (const { code, message, hint, where } of error.diagnostics) {
      expect({ code, message, hint }).toEqual({
        code: expect.stringMatching(/^[a-z-]+$/),
        message: expect.stringMatching(/./),
        hint: expect.stringMatching(/./),
      });
      expect(where?.file).toBe('fuzzed.lethe');
      expect(where!.column).toBeGreaterThanOrEqual(1);
      expect(where!.column).toBeLessThanOrEqual(lines[where!.line - 1]!.length + 1);
    }
  }
}

const runs = (times: number) => ({ numRuns: times * fc.readConfigureGlobal().numRuns! });

const words = fc.constantFrom(
  ...['circuit', 'secret', 'public', 'input', 'expose', 'add', 'slice', 'solve', 'constant', 'bit'],
  ...['x', 'y', '%0', '%1', '%99', '%', '=', ':', ',', '[', ']', '[]', '[2]', 'bit[1]', 'q8.0[2]'],
  ...['axis=', 'axis=0', 'axis=-1', 'values=', '1', '-1', '1e999', '0.5', '"', '"y"', '\\', '#'],
  ...['\n', '\r\n', ' ', '  ', 'q999.0', 'u4.2000', '[99999999999]', '__proto__', 'constructor=1'],
);

test('random characters and random words', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(words, { maxLength: 60 }).map((each) => each.join(' ')),
    fc
      .array(words, { maxLength: 60 })
      .map((each) => `circuit c\n secret x : q8.0[2]\n${each.join(' ')}`),
  );
  fc.assert(fc.property(text, holds), runs(30));
});

type Change = (text: string) => string;

const place = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const changes = fc.oneof<fc.Arbitrary<Change>[]>(
  fc.tuple(place, fc.nat({ max: 20 })).map(([from, length]) => (text) => {
    const at = Math.floor(from * text.length);
    return text.slice(0, at) + text.slice(at + length);
  }),
  fc
    .tuple(place, fc.oneof(words, fc.string({ unit: 'binary', maxLength: 4 })))
    .map(([from, word]) => (text) => {
      const at = Math.floor(from * text.length);
      return text.slice(0, at) + word + text.slice(at);
    }),
  // A number is another one.
  fc
    .tuple(place, fc.constantFrom('0', '-1', '0.5', '3', '1e300', '4294967296', '9'.repeat(40)))
    .map(([which, number]) => (text) => {
      const numbers = [...text.matchAll(/(?<![\w.-])-?\d+/g)];
      const found = numbers[Math.floor(which * numbers.length)];
      if (!found) return text;
      return text.slice(0, found.index) + number + text.slice(found.index + found[0].length);
    }),
  // Two words, or two lines, change places.
  fc.tuple(place, place, fc.constantFrom(' ', '\n')).map(([a, b, between]) => (text) => {
    const parts = text.split(between);
    const [i, j] = [Math.floor(a * parts.length), Math.floor(b * parts.length)];
    [parts[i], parts[j]] = [parts[j]!, parts[i]!];
    return parts.join(between);
  }),
);

test('valid texts with deletions, insertions and swaps', () => {
  const valid = fc.oneof(arbitraryProgram(), ...Object.values(programs)).map((p) => print(p));
  const changed = fc
    .tuple(valid, fc.array(changes, { minLength: 1, maxLength: 4 }))
    .map(([text, all]) => all.reduce((current, change) => change(current), text));
  fc.assert(fc.property(changed, holds), runs(30));
});
