// Changes of a leaf, of a commitment of a block, and of salts.
import { createCipheriv } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  columnElements,
  columnLeaf,
  columnWords,
  hasSalt,
  leafDomain,
  leafWords,
} from '../../../../stdlib/apex/commitments/column.ts';
import {
  blockCommitment,
  multiplierDomain,
} from '../../../../stdlib/apex/commitments/multipliers.ts';
import { LeafSalts, randomSalts } from '../../../../stdlib/apex/commitments/salts.ts';
import { columnLengths } from '../../../../stdlib/apex/step/classes.ts';
import { flipped, leafParts, sizes, specOf } from './leaves.ts';

const secrets = new LeafSalts(new Uint8Array(32).fill(7));

describe('leaves', () => {
  test.each([4, 8, 24, 32, 64])('length %i: each number and random bit counts', (length) => {
    const spec = specOf(64);
    const { weight, root } = leafParts(length, length);
    const salts = secrets.of(3, columnWords(length));
    const leaf = (own = weight, column = root, random = salts): bigint =>
      columnLeaf(spec, length, own, column, random);
    const seen = new Set([leaf(), leaf(weight ^ 1)]);
    let count = 2;
    const see = (digest: bigint): void => {
      seen.add(digest);
      count++;
    };
    root.forEach((_, j) =>
      see(
        leaf(
          weight,
          root.map((x, i) => (i === j ? x ^ 1 : x)),
        ),
      ),
    );
    const others = leafWords(length) > columnWords(length) ? 64 : hasSalt(length) ? 248 : 0;
    const bits = 16 * salts.words.length + others;
    for (let bit = 0; bit < bits; bit += 5) see(leaf(weight, root, flipped(salts, bit)));
    expect(seen.size).toBe(count);
    expect(leaf()).toBe(leaf());
  });

  test('a leaf of one length is none of another, whose entries begin with the same', () => {
    const spec = specOf(32);
    const zeros = (length: number): Int16Array => new Int16Array(length).fill(-2048);
    const salts = (length: number) => ({ words: new Uint16Array(columnWords(length)), salt: 0n });
    const low = -(2 ** 23);
    const lengths = columnLengths(32).filter((length, i, all) => all[i - 1] !== length);
    const leaves = lengths.map((length) =>
      columnLeaf(spec, length, low, zeros(length), salts(length)),
    );
    expect(new Set(leaves).size).toBe(lengths.length);
    for (const length of lengths)
      expect(columnElements(spec, length, low, zeros(length), salts(length))[0]! >> 192n).toBe(
        leafDomain(length),
      );
  });

  test('a leaf of a length up to 32 takes one permutation', () => {
    for (const size of sizes)
      for (const length of columnLengths(size)) {
        const { weight, root } = leafParts(length, length);
        const salts = secrets.of(0, columnWords(length));
        const elements = columnElements(specOf(size), length, weight, root, salts);
        if (length <= 32) expect(elements.length).toBeLessThanOrEqual(3);
      }
  });

  test('numbers of entries and salts that do not belong to the length', () => {
    const { weight, root } = leafParts(8, 1);
    const leaf = (length: number, words: number): bigint =>
      columnLeaf(specOf(8), length, weight, root, secrets.of(0, words));
    expect(() => leaf(4, 3)).toThrow(RangeError);
    expect(() => leaf(8, 2)).toThrow(RangeError);
  });
});

describe('c_b', () => {
  test('each multiplier, k and each random bit count', () => {
    const spec = specOf(32);
    const salts = randomSalts(3);
    const known = blockCommitment(spec, [1, -2, 3], salts);
    const others = [
      blockCommitment(spec, [1, -2, 4], salts),
      blockCommitment(spec, [-2, 1, 3], salts),
      blockCommitment(spec, [1, -2], { ...salts, words: salts.words.subarray(0, 2) }),
      ...[0, 17, 47, 48, 295].map((bit) => blockCommitment(spec, [1, -2, 3], flipped(salts, bit))),
    ];
    expect(new Set([known, ...others]).size).toBe(others.length + 1);
    expect(() => blockCommitment(spec, [1, -2], salts)).toThrow(RangeError);
  });

  test('no domain is shared with a leaf', () => {
    const leaves = Array.from({ length: 64 }, (_, i) => leafDomain(i + 1));
    const blocks = Array.from({ length: 64 }, (_, i) => multiplierDomain(i + 1));
    expect(new Set([...leaves, ...blocks]).size).toBe(128);
  });
});

describe('salts', () => {
  test('are AES-256 in counter mode, 64 bytes a position', () => {
    const seed = Uint8Array.from({ length: 32 }, (_, i) => i);
    const stream = createCipheriv('aes-256-ctr', seed, Buffer.alloc(16)).update(Buffer.alloc(640));
    const own = new LeafSalts(seed).of(7, 3);
    const bytes = stream.subarray(448, 512);
    expect([...own.words]).toEqual([0, 2, 4].map((at) => bytes.readUInt16LE(at)));
    expect(own.salt).toBe(BigInt(`0x${bytes.subarray(33).toString('hex')}`));
  });

  test('of a run are those of each position, past 2^32 too, and none beyond the run', () => {
    for (const first of [0, 1000, 2 ** 32 - 2]) {
      const run = secrets.run(first, 4);
      for (let position = first; position < first + 4; position++)
        expect(run.of(position, 9)).toEqual(secrets.of(position, 9));
      expect(() => run.of(first + 4, 9)).toThrow(RangeError);
    }
  });

  test('differ by position and by seed', () => {
    const other = new LeafSalts(new Uint8Array(32).fill(8));
    const all = Array.from({ length: 200 }, (_, position) => [
      secrets.of(position, 3).salt,
      other.of(position, 3).salt,
    ]).flat();
    expect(new Set(all).size).toBe(400);
    expect(() => new LeafSalts(new Uint8Array(31))).toThrow(RangeError);
  });

  test('fresh ones use all bits', () => {
    const many = Array.from({ length: 100 }, () => randomSalts(2));
    expect(many.flatMap(({ words }) => [...words]).reduce((all, each) => all | each, 0)).toBe(
      65535,
    );
    expect(many.reduce((all, { salt }) => all | salt, 0n)).toBe((1n << 248n) - 1n);
  });
});
