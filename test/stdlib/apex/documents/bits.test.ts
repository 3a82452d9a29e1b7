// Positions past 2^31: a plan may have up to 2^32 weights.
import { expect, test } from 'vitest';
import { hasBit, setBit } from '../../../../stdlib/apex/documents/bits.ts';

test('bits of positions past 2^31', () => {
  const [position, bytes] = [2 ** 31 + 9, 2 ** 28 + 2];
  // Nothing of it is touched but the last bytes.
  const bits = new Uint8Array(bytes);
  setBit(bits, position);
  expect(bits[bytes - 1]).toBe(2);
  expect([hasBit(bits, position), hasBit(bits, position - 1)]).toEqual([true, false]);
});
