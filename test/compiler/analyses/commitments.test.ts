// Commitments, element by element: digests that hide nothing, and secret inputs that nothing binds.
import { describe, expect, test } from 'vitest';
import { boundElements } from '../../../compiler/analyses/commitments/bound.ts';
import { findUnhidden } from '../../../compiler/analyses/commitments/hiding.ts';
import { findPartlyBound } from '../../../compiler/analyses/commitments/unbound.ts';
import { compileCircuit } from '../../../compiler/compile.ts';
import {
  circuit,
  concat,
  field,
  q,
  u,
  type CircuitBuilder,
  type Tensor,
} from '../../../dsl/index.ts';
import { tileCircuit } from '../../../stdlib/apex/circuit/tile.ts';
import { makeSpec } from '../../../stdlib/apex/step/index.ts';
import { commit, commitWords } from '../../../stdlib/index.ts';

const compiled = (build: (c: CircuitBuilder) => void) => compileCircuit(circuit('c', {}, build));
const codes = (build: (c: CircuitBuilder) => void): string[] =>
  findUnhidden(compiled(build)).map(({ code }) => code);
const secret = (c: CircuitBuilder, name = 'x'): Tensor => c.secret(name, q(24, 20), [1, 4]);
const salts = (c: CircuitBuilder, count: number): Tensor => c.secret('salts', field, [1, count]);
const salt = (all: Tensor, at: number): Tensor => all.slice({ axis: 1, start: at, end: at + 1 });

describe('salts', () => {
  test('numbers without a salt are found, numbers with one are not', () => {
    expect(codes((c) => secret(c).pack().hash().expose('digest'))).toEqual(['unsalted-commitment']);
    expect(codes((c) => commit(secret(c), { salts: salts(c, 1) }).expose('digest'))).toEqual([]);
  });

  test('words are salted by 128 bits that their numbers leave', () => {
    const words = (count: number, length: number) => (c: CircuitBuilder) => {
      const own = c.secret('words', u(64, 0), [1, count]);
      own.unpack({ format: q(24, 20), length }).assertWithin({ low: -4, high: 4 });
      commitWords(own).expose('digest');
    };
    // 16 bits below each word, and limbs that no number takes.
    expect(codes(words(8, 16))).toEqual([]);
    expect(codes(words(7, 14))).toEqual(['unsalted-commitment']);
    expect(codes(words(7, 13))).toEqual([]);
  });

  test('words may be moved before numbers are taken from them, from all or from some', () => {
    const moved = (numbers: (words: Tensor) => void) => (c: CircuitBuilder) => {
      const words = c.secret('words', u(64, 0), [1, 8]);
      numbers(words);
      commitWords(words).expose('digest');
    };
    const part = (words: Tensor, start: number, end: number): Tensor =>
      words.slice({ axis: 1, start, end });
    const take = (words: Tensor, length: number): void => {
      words.unpack({ format: q(24, 20), length }).assertWithin({ low: -4, high: 4 });
    };
    expect(
      codes(
        moved((words) =>
          [part(words, 0, 3), part(words, 3, 8)].forEach((own, i) => take(own, [6, 10][i]!)),
        ),
      ),
    ).toEqual([]);
    // Four words that nothing is taken from may be numbers themselves; a random word stands in a row with numbers.
    expect(codes(moved((words) => take(part(words, 0, 4), 8)))).toEqual(['unsalted-commitment']);
    expect(codes(moved((words) => take(words, 8)))).toEqual([]);
    // Bits of a word that two lines show are never counted twice.
    const twice = (words: Tensor): void => {
      take(words, 16);
      words.unpack({ format: q(12, 8), length: 32 }).assertWithin({ low: -4, high: 4 });
    };
    expect(codes(moved(twice))).toEqual(['unsalted-commitment']);
  });

  test('a salt that is exposed is found, through movements and beside others', () => {
    const exposing = (shown: (all: Tensor) => Tensor) => (c: CircuitBuilder) => {
      const all = salts(c, 2);
      commit(secret(c), { salts: salt(all, 0) }).expose('digest');
      commit(secret(c, 'y'), { salts: salt(all, 1) }).expose('other');
      shown(all).expose('shown');
    };
    expect(codes(exposing((all) => all))).toEqual(['exposed-salt', 'exposed-salt']);
    expect(codes(exposing((all) => all.gather({ axis: 1, indices: [1, 1] })))).toEqual([
      'exposed-salt',
    ]);
    expect(codes(exposing((all) => all.reshape([2]).slice({ axis: 0, start: 0, end: 1 })))).toEqual(
      ['exposed-salt'],
    );
  });

  test('a salt that is hashed twice is found, whatever moved it there', () => {
    const reusing = (second: (all: Tensor) => Tensor) => (c: CircuitBuilder) => {
      const all = salts(c, 2);
      commit(secret(c), { salts: salt(all, 0) }).expose('digest');
      commit(secret(c, 'y'), { salts: second(all) }).expose('other');
    };
    expect(codes(reusing((all) => salt(all, 1)))).toEqual([]);
    expect(codes(reusing((all) => salt(all, 0)))).toEqual(['reused-salt', 'reused-salt']);
    expect(codes(reusing((all) => all.gather({ axis: 1, indices: [0] })))).toEqual([
      'reused-salt',
      'reused-salt',
    ]);
    const turned = (all: Tensor): Tensor =>
      salt(concat([salt(all, 1), salt(all, 0)], { axis: 1 }), 1);
    expect(codes(reusing(turned))).toEqual(['reused-salt', 'reused-salt']);
  });

  test('the same hash made twice uses its salt once', () => {
    const twice = (c: CircuitBuilder): void => {
      const [x, all] = [secret(c), salts(c, 1)];
      commit(x, { salts: all }).expose('digest');
      commit(x, { salts: all }).expose('again');
    };
    expect(codes(twice)).toEqual([]);
  });

  test('a salted digest may stand in two others: it is their salt', () => {
    const nested = (shown: boolean) => (c: CircuitBuilder) => {
      const words = c.secret('words', u(64, 0), [1, 8]);
      words.unpack({ format: q(24, 20), length: 10 }).assertWithin({ low: -4, high: 4 });
      const inner = commitWords(words);
      for (const name of ['before', 'after'])
        commitWords(c.secret(name, u(64, 0), [1, 1]), [inner]).expose(`${name}-digest`);
      if (shown) words.expose('shown');
    };
    expect(codes(nested(false))).toEqual([]);
    expect(codes(nested(true))).toEqual(['exposed-salt', 'exposed-salt']);
  });

  test('a salt that is computed from public values, or is public, is none', () => {
    const salted = (make: (c: CircuitBuilder) => Tensor) => (c: CircuitBuilder) =>
      commit(secret(c), { salts: make(c) }).expose('digest');
    const ofPublic = (c: CircuitBuilder): Tensor =>
      c.public('p', q(24, 20), [1, 4]).pack().hash().reshape([1, 1]);
    expect(codes(salted((c) => c.public('salt', field, [1, 1])))).toEqual(['unsalted-commitment']);
    expect(codes(salted(ofPublic))).toEqual(['unsalted-commitment']);
    const ofSecret = (c: CircuitBuilder): Tensor => secret(c, 'low').pack().hash().reshape([1, 1]);
    expect(codes(salted(ofSecret))).toEqual(['unsalted-commitment']);
  });

  test('public values need no salt', () => {
    expect(codes((c) => c.public('p', q(24, 20), [4]).pack().hash().expose('digest'))).toEqual([]);
  });
});

test('a tile hides and binds', () => {
  const spec = makeSpec({ size: 8, weightBits: 24, weightRange: 4 });
  const tile = compileCircuit(tileCircuit(spec, [{ shape: [4, 8], blocks: 2 }]));
  expect(findUnhidden(tile)).toEqual([]);
  expect(findPartlyBound(tile.program, boundElements(tile))).toEqual([]);
});

describe('bound elements', () => {
  const bound = (build: (c: CircuitBuilder) => void) => {
    const own = compiled(build);
    const elements = boundElements(own);
    return {
      elements: Object.fromEntries([...elements].map(([name, each]) => [name, [...each]])),
      partly: findPartlyBound(own.program, elements).map(({ code }) => code),
    };
  };

  test('a commitment binds what it packs, and its salt', () => {
    const { elements, partly } = bound((c) =>
      commit(secret(c), { salts: salts(c, 1) }).expose('digest'),
    );
    expect(elements).toEqual({ x: [true, true, true, true], salts: [true] });
    expect(partly).toEqual([]);
  });

  test('an element that is left out of the commitment is not bound', () => {
    const { elements, partly } = bound((c) => {
      const x = secret(c);
      commit(x.slice({ axis: 1, start: 0, end: 3 }), { salts: salts(c, 1) }).expose('digest');
      x.assertWithin({ low: -1, high: 1 });
    });
    expect(elements['x']).toEqual([true, true, true, false]);
    expect(partly).toEqual(['partly-committed']);
  });

  test('a sum with a public value binds, a sum of two secrets does not', () => {
    const { elements } = bound((c) => {
      const [x, y, z] = ['x', 'y', 'z'].map((name) => secret(c, name)) as [Tensor, Tensor, Tensor];
      x.add(c.public('p', q(24, 20), [1, 4])).expose('shifted');
      y.add(z).expose('sum');
    });
    expect(elements['x']).toEqual([true, true, true, true]);
    expect(elements['y']).toEqual([false, false, false, false]);
  });
});
