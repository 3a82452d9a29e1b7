import { describe, expect, test } from 'vitest';
import {
  decodeBrainFloat,
  decodeHalf,
  encodeBrainFloat,
  encodeHalf,
} from '../../../compiler/files/half-precision.ts';

describe('decodeHalf', () => {
  test.each([
    [0x0000, 0],
    [0x8000, -0],
    [0x0001, 2 ** -24],
    [0x03ff, 1023 * 2 ** -24],
    [0x8001, -(2 ** -24)],
    [0x0400, 2 ** -14],
    [0x3555, 0.333251953125],
    [0x3c00, 1],
    [0x3c01, 1 + 2 ** -10],
    [0xc000, -2],
    [0x7bff, 65504],
    [0x7c00, Infinity],
    [0xfc00, -Infinity],
    [0x7c01, NaN],
    [0xfe00, NaN],
  ])('pattern %i is %d', (bits, value) => {
    expect(decodeHalf(bits)).toBe(value);
  });

  test('positive patterns increase, and the sign bit negates', () => {
    for (let bits = 1; bits <= 0x7c00; bits++) {
      expect(decodeHalf(bits)).toBeGreaterThan(decodeHalf(bits - 1));
      expect(decodeHalf(bits | 0x8000)).toBe(-decodeHalf(bits));
    }
  });
});

describe('decodeBrainFloat', () => {
  test('every pattern is the upper half of a single-precision number', () => {
    const view = new DataView(new ArrayBuffer(4));
    for (let bits = 0; bits <= 0xffff; bits++) {
      view.setUint16(0, bits);
      expect(decodeBrainFloat(bits)).toBe(view.getFloat32(0));
    }
  });

  test.each([
    [0x0001, 2 ** -133],
    [0x3f80, 1],
    [0xc040, -3],
    [0x7f80, Infinity],
    [0xff80, -Infinity],
    [0x7fc0, NaN],
  ])('pattern %i is %d', (bits, value) => {
    expect(decodeBrainFloat(bits)).toBe(value);
  });
});

describe.each([
  ['encodeHalf', encodeHalf, decodeHalf, 0x7c00],
  ['encodeBrainFloat', encodeBrainFloat, decodeBrainFloat, 0x7f80],
])('%s', (_name, encode, decode, infinity) => {
  test('every number of the format is its own nearest', () => {
    for (let bits = 0; bits <= 0xffff; bits++) {
      const value = decode(bits);
      if (Number.isNaN(value)) expect(decode(encode(value))).toBeNaN();
      else expect(encode(value)).toBe(bits);
    }
  });

  test('halfway goes to the even neighbour, anything else to the nearer one', () => {
    for (let bits = 0; bits < infinity - 1; bits++) {
      const [low, high] = [decode(bits), decode(bits + 1)];
      const middle = (low + high) / 2;
      const step = (high - low) / 1024;
      expect(encode(middle)).toBe(bits % 2 === 0 ? bits : bits + 1);
      expect(encode(middle - step)).toBe(bits);
      expect(encode(middle + step)).toBe(bits + 1);
    }
  });

  test('what lies half a step beyond the largest number is an infinity', () => {
    const largest = decode(infinity - 1);
    const beyond = largest + (largest - decode(infinity - 2)) / 2;
    expect(encode(beyond * (1 - 2 ** -20))).toBe(infinity - 1);
    expect(encode(beyond)).toBe(infinity);
    expect(encode(-Infinity)).toBe(infinity | 0x8000);
    expect(encode(Number.MAX_VALUE)).toBe(infinity);
    expect(encode(Number.MIN_VALUE)).toBe(0);
  });
});
