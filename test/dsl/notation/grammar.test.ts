// The grammar itself: without ambiguities, by chevrotain's own analysis, which is left out at run time.
import { expect, test } from 'vitest';
import { NotationParser } from '../../../dsl/notation/grammar.ts';

test('is sound', () => {
  // chevrotain's analysis is written for Node 22.
  const builtin = Object as { groupBy?: unknown };
  builtin.groupBy ??= <T>(items: Iterable<T>, keyOf: (item: T) => string) => {
    const groups: Record<string, T[]> = {};
    for (const item of items) (groups[keyOf(item)] ??= []).push(item);
    return groups;
  };
  expect(() => new NotationParser({ skipValidations: false })).not.toThrow();
});
