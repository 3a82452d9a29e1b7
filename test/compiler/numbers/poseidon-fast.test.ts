// Hashing with another implementation of the permutation: the native one is equal, and one that is not is never used.
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { modulus } from '../../../compiler/numbers/field.ts';
import {
  adoptedPermutation,
  adoptPermutation,
  hash as fastHash,
  paced,
  paceLength,
  type Permutation,
} from '../../../compiler/numbers/poseidon-fast.ts';
import { hash, permute, type State } from '../../../compiler/numbers/poseidon.ts';
import {
  nativePermutation,
  useNativePoseidon,
} from '../../../compiler/targets/kimchi/native-poseidon.ts';
import { runs } from '../../tier.ts';

afterEach(() => {
  adoptPermutation(permute);
  delete process.env['O1JS_BACKEND'];
});

const edges = [0n, 1n, (1n << 64n) - 1n, 1n << 64n, 1n << 128n, 1n << 254n, modulus - 1n];
const element = fc.oneof(fc.bigInt({ min: 0n, max: modulus - 1n }), fc.constantFrom(...edges));
const state = fc.tuple(element, element, element);

/** It comes with o1js on the platforms that have one. */
const native = nativePermutation();

describe.skipIf(!native)("o1js's native permutation", () => {
  test('is equal to ours, and canonical', () => {
    fc.assert(
      fc.property(state, (own) => {
        expect(native!(own)).toEqual(permute(own));
      }),
    );
  });

  test('is adopted, and hashes as ours does', () => {
    expect(useNativePoseidon()).toBe(true);
    expect(adoptedPermutation()).not.toBe(permute);
    fc.assert(
      fc.property(fc.array(element, { maxLength: 7 }), (inputs) => {
        expect(fastHash(inputs)).toBe(hash(inputs));
      }),
      { numRuns: runs(40) },
    );
  });

  test('is left alone where wasm is asked for', () => {
    process.env['O1JS_BACKEND'] = 'wasm';
    expect(useNativePoseidon()).toBe(false);
    expect(adoptedPermutation()).toBe(permute);
  });
});

test('paced: every index once and in order, and the event loop turns in between', async () => {
  const [seen, turns]: number[][] = [[], []];
  let next: NodeJS.Immediate;
  const turn = (): void => {
    turns!.push(seen!.length);
    next = setImmediate(turn);
  };
  turn();
  await paced(2 * paceLength + 1, (index) => seen!.push(index));
  clearImmediate(next!);
  expect(seen).toEqual(Array.from({ length: 2 * paceLength + 1 }, (_, i) => i));
  expect(turns).toEqual(expect.arrayContaining([paceLength, 2 * paceLength]));
});

test('without another permutation, ours hashes', () => {
  expect(adoptedPermutation()).toBe(permute);
  expect(fastHash([1n, 2n, 3n])).toBe(hash([1n, 2n, 3n]));
});

describe('a permutation that is not Poseidon is refused', () => {
  const withFirst = (change: (x: bigint) => bigint): Permutation => {
    return (own) => {
      const [x, ...rest] = permute(own);
      return [change(x), ...rest] as State;
    };
  };
  test.each<[string, Permutation]>([
    ['another value', withFirst((x) => (x + 1n) % modulus)],
    ['not canonical', withFirst((x) => x + modulus)],
    ['a carry lost between words', ([x, y, z]) => permute([x & ((1n << 64n) - 1n), y, z])],
    ['elements in another order', ([x, y, z]) => permute([z, y, x])],
    [
      'wrong at the last element of the field',
      (own) => permute(own.map((x) => (x === modulus - 1n ? 0n : x)) as unknown as State),
    ],
    ['the same object for ever', () => [0n, 0n, 0n]],
    [
      'it throws',
      () => {
        throw new Error('no such function');
      },
    ],
  ])('%s', (_, candidate) => {
    expect(adoptPermutation(candidate)).toBe(false);
    expect(adoptedPermutation()).toBe(permute);
  });
});
