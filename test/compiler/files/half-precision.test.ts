import { describe, expect, test } from 'vitest';
import { decodeBrainFloat, decodeHalf } from '../../../compiler/files/half-precision.ts';

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
