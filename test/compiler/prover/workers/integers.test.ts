// Tensors of integers travel unchanged, also through the serialization of Node's channel.
import { deserialize, serialize } from 'node:v8';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  packTensors,
  unpackTensors,
  type PackedTensors,
} from '../../../../compiler/prover/workers/integers.ts';

const integers = fc.oneof(
  ...[8n, 16n, 32n, 64n, 255n].map((bits) =>
    fc.array(fc.bigInt({ min: -(1n << (bits - 1n)), max: (1n << (bits - 1n)) - 1n })),
  ),
);

test('what is packed comes back', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), integers), (tensors) => {
      const given = new Map(Object.entries(tensors));
      const travelled = deserialize(serialize(packTensors(given))) as PackedTensors;
      expect(unpackTensors(travelled)).toEqual(given);
    }),
  );
});

test.each([
  [0x7f, 1],
  [0x80, 2],
  [0x7fff_ffff, 4],
  [0x8000_0000, 8],
])('%i takes %i bytes', (value, bytes) => {
  const [[, packed] = ['', []]] = packTensors(new Map([['x', [BigInt(value)]]]));
  expect(ArrayBuffer.isView(packed) && packed.byteLength).toBe(bytes);
});
