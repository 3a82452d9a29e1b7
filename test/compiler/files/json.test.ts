// JSON from outside: limits and repeated keys are found before anything is parsed.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FileError } from '../../../compiler/files/errors.ts';
import { parseJson, scanJson, type JsonLimits } from '../../../compiler/files/json.ts';
import { runs } from '../../tier.ts';

const wide: JsonLimits = { bytes: 1e6, depth: 100, values: 1e5 };
const parse = (text: string, limits: Partial<JsonLimits> = {}): unknown =>
  parseJson(text, { file: 'f.json', ...wide, ...limits });

describe('a key that an object holds twice', () => {
  test.each([
    ['{"a": 1, "a": 2}', 'a'],
    ['{"a": 1, "\\u0061": 2}', 'a'],
    ['{"x": {"b": 1, "b" \n: 2}}', 'b'],
    ['[{"a": [{"c": 1}, {"d": 1, "d": 1}]}]', 'd'],
    ['{"": 1, "": 2}', ''],
    ['{"__proto__": 1, "__proto__": 2}', '__proto__'],
    ['{"a\\"b": 1, "a\\"b": 2}', 'a"b'],
  ])('%s', (text, key) => {
    const problem = `has the key ${JSON.stringify(key)} twice in one object`;
    expect(() => parse(text)).toThrow(
      expect.objectContaining({ code: 'duplicate-name', file: 'f.json', problem }),
    );
  });

  test.each([
    '{"a": {"a": {"a": 1}}}',
    '{"a": "b", "b": "a", "c": ["a", "a", "{\\"a\\":1,\\"a\\":1}"]}',
    '{"a\\\\": 1, "a": ":"}',
    '"a"',
    '7',
  ])('none in %s', (text) => {
    expect(parse(text)).toEqual(JSON.parse(text));
  });

  test('any key repeated at the end is found', () => {
    const record = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 }), { minKeys: 1 });
    fc.assert(
      fc.property(record, fc.nat(), (object, seed) => {
        const keys = Object.keys(object);
        const key = keys[seed % keys.length]!;
        const text = `${JSON.stringify(object).slice(0, -1)}, ${JSON.stringify(key)}: 0}`;
        expect(scanJson(text, wide)).toMatchObject({ code: 'duplicate-name' });
      }),
      { numRuns: runs(300) },
    );
  });
});

test('"__proto__" is a key like any other', () => {
  const value = parse('{"__proto__": {"polluted": true}}');
  expect(Object.keys(value as object)).toEqual(['__proto__']);
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});

describe('limits', () => {
  test.each<[string, string, Partial<JsonLimits>, string]>([
    ['bytes', '[1, 2, 3]', { bytes: 8 }, 'has 9 characters, at most 8 are read'],
    ['depth', '[[{"a": []}]]', { depth: 3 }, 'is nested 4 deep, at most 3 are read'],
    ['values', '[1, [], "a", null, {"b": 2}]', { values: 6 }, 'holds more values than the 6'],
    ['a key', `{"${'k'.repeat(1001)}": 1}`, {}, 'has a key of 1001 characters'],
    ['a number', `[${'9'.repeat(1001)}]`, {}, 'has a number of 1001 characters'],
    ['keys without values', '{"a":"b":"c":"d":', { values: 2 }, 'holds more values than the 2'],
  ])('%s', (_, text, limits, problem) => {
    expect(() => parse(text, limits)).toThrow(
      expect.objectContaining({ code: 'too-large', problem: expect.stringContaining(problem) }),
    );
  });

  test('what they allow is read', () => {
    expect(parse('[[{"a": []}]]', { bytes: 13, depth: 4, values: 4 })).toEqual([[{ a: [] }]]);
    expect(parse('[1, [], "a", null, {"b": 2}]', { values: 7 })).toHaveLength(5);
  });
});

test('a kind of file has its own code', () => {
  const source = { file: 'p.json', code: 'bad-proof', hint: 'make it again', ...wide };
  for (const text of ['[', '{"a":1,"a":2}', `"${'x'.repeat(1e6)}"`])
    expect(() => parseJson(text, source)).toThrow(/^error\[bad-proof\]: p\.json: /);
});

test('whatever the text: what JSON.parse gives, or an error with a code', () => {
  const pieces = fc.constantFrom(
    ...['{', '}', '[', ']', ',', ':', '"', '"a"', '"b":', '\\', '\\u', '\\"', ' ', '\n', '1', '-'],
    ...['1e400', '-0', 'null', 'tru', '\ud800', '\u0000', '__proto__', '"__proto__":', '1.5e-7'],
  );
  const text = fc.oneof(
    fc.array(pieces, { maxLength: 40 }).map((each) => each.join('')),
    fc.json({ maxDepth: 4 }),
    fc.string({ unit: 'binary' }),
  );
  fc.assert(
    fc.property(text, (each) => {
      let expected: unknown;
      let fits = true;
      try {
        expected = JSON.parse(each);
      } catch {
        fits = false;
      }
      try {
        const value = parse(each);
        expect(fits).toBe(true);
        expect(value).toEqual(expected);
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        if (fits) expect(error.code).toBe('duplicate-name');
        expect(error.hint).not.toBe('');
      }
    }),
    { numRuns: runs(1000) },
  );
});
