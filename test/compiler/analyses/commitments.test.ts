// Which commitments a dictionary could open.
import { expect, test } from 'vitest';
import { findUnsalted } from '../../../compiler/analyses/commitments.ts';
import { circuit, field, q, u } from '../../../dsl/index.ts';
import { commit, commitWords } from '../../../stdlib/index.ts';

const codes = (program: Parameters<typeof findUnsalted>[0]): string[] =>
  findUnsalted(program).map(({ code }) => code);

const words = (count: number, length: number) =>
  circuit('words', {}, (c) => {
    const own = c.secret('words', u(64, 0), [1, count]);
    own.unpack({ format: q(24, 20), length }).assertWithin({ low: -4, high: 4 });
    commitWords(own).expose('digest');
  }).build();

test('numbers without a salt are found, numbers with one are not', () => {
  const plain = circuit('plain', {}, (c) => {
    c.secret('x', q(24, 20), [4]).pack().hash().expose('digest');
  });
  const salted = circuit('salted', {}, (c) => {
    const salts = c.secret('salt', field, [1]);
    commit(c.secret('x', q(24, 20), [4]), { salts }).expose('digest');
  });
  expect(codes(plain.build())).toEqual(['unsalted-commitment']);
  expect(codes(salted.build())).toEqual([]);
});

test('words are salted by 128 bits that their numbers leave', () => {
  // 16 bits below each word, and limbs that no number takes.
  expect(codes(words(8, 16))).toEqual([]);
  expect(codes(words(7, 14))).toEqual(['unsalted-commitment']);
  expect(codes(words(7, 13))).toEqual([]);
});
