import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findDuplicateKey } from '../../../compiler/files/duplicate-keys.ts';
import { runs } from '../../tier.ts';

describe('findDuplicateKey', () => {
  test.each([
    ['{"a": 1, "a": 2}', 'a'],
    ['{"a": 1, "\\u0061": 2}', 'a'],
    ['{"x": {"b": 1, "b" \n: 2}}', 'b'],
    ['[{"a": [{"c": 1}, {"d": 1, "d": 1}]}]', 'd'],
    ['{"": 1, "": 2}', ''],
    ['{"__proto__": 1, "__proto__": 2}', '__proto__'],
    ['{"a\\"b": 1, "a\\"b": 2}', 'a"b'],
  ])('%s', (text, key) => {
    expect(findDuplicateKey(text)).toBe(key);
  });

  test.each([
    '{"a": {"a": {"a": 1}}}',
    '{"a": "b", "b": "a", "c": ["a", "a", "{\\"a\\":1,\\"a\\":1}"]}',
    '{"a\\\\": 1, "a": ":"}',
    '"a"',
    '7',
  ])('none in %s', (text) => {
    expect(findDuplicateKey(text)).toBeUndefined();
  });

  test('no text that JSON.stringify writes has one', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), fc.boolean(), (text, spaced) => {
        const written = JSON.stringify(JSON.parse(text), null, spaced ? 2 : 0);
        expect(findDuplicateKey(written)).toBeUndefined();
      }),
      { numRuns: runs(300) },
    );
  });

  test('any key repeated at the end is found', () => {
    const record = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 }), { minKeys: 1 });
    fc.assert(
      fc.property(record, fc.nat(), (object, seed) => {
        const keys = Object.keys(object);
        const key = keys[seed % keys.length]!;
        const text = `${JSON.stringify(object).slice(0, -1)}, ${JSON.stringify(key)}: 0}`;
        expect(findDuplicateKey(text)).toBe(key);
      }),
      { numRuns: runs(300) },
    );
  });
});
