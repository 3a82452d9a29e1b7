// The element types of a safetensors file: size, decoding and encoding.
// All are little-endian. A new type is one new record.
import { decodeBrainFloat, decodeHalf, encodeBrainFloat, encodeHalf } from './half-precision.ts';

/** One element type. */
export interface DtypeRecord {
  /** Bytes per element. */
  readonly bytes: number;
  /** The element as a number; `undefined` if a number cannot hold it exactly. */
  readonly decode: (view: DataView, offset: number) => number | undefined;
  /** Writes an element. */
  readonly encode: (view: DataView, offset: number, value: number) => void;
  /** Whether writing may round to the nearest element (but never to an infinity). */
  readonly rounds?: true;
  /** What the elements are, for messages. */
  readonly holds: string;
}

/** An integer from `lowest` to `highest`. */
const holdsIntegers = (lowest: string, highest: string) => `integers from ${lowest} to ${highest}`;

const records = {
  F64: {
    bytes: 8,
    decode: (view, offset) => view.getFloat64(offset, true),
    encode: (view, offset, value) => view.setFloat64(offset, value, true),
    holds: 'double-precision numbers',
  },
  F32: {
    bytes: 4,
    decode: (view, offset) => view.getFloat32(offset, true),
    encode: (view, offset, value) => view.setFloat32(offset, value, true),
    rounds: true,
    holds: 'single-precision numbers, below 3.41e38 in magnitude',
  },
  F16: {
    bytes: 2,
    decode: (view, offset) => decodeHalf(view.getUint16(offset, true)),
    encode: (view, offset, value) => view.setUint16(offset, encodeHalf(value), true),
    rounds: true,
    holds: 'half-precision numbers, below 65520 in magnitude',
  },
  BF16: {
    bytes: 2,
    decode: (view, offset) => decodeBrainFloat(view.getUint16(offset, true)),
    encode: (view, offset, value) => view.setUint16(offset, encodeBrainFloat(value), true),
    rounds: true,
    holds: 'bfloat16 numbers, below 3.4e38 in magnitude',
  },
  I64: {
    bytes: 8,
    decode: (view, offset) => {
      const integer = view.getBigInt64(offset, true);
      const value = Number(integer);
      return BigInt(value) === integer ? value : undefined;
    },
    encode: (view, offset, value) =>
      view.setBigInt64(offset, Number.isInteger(value) ? BigInt(value) : 0n, true),
    holds: 'integers that double precision represents exactly, such as all up to 2^53',
  },
  I32: {
    bytes: 4,
    decode: (view, offset) => view.getInt32(offset, true),
    encode: (view, offset, value) => view.setInt32(offset, value, true),
    holds: holdsIntegers('-2^31', '2^31 - 1'),
  },
  I16: {
    bytes: 2,
    decode: (view, offset) => view.getInt16(offset, true),
    encode: (view, offset, value) => view.setInt16(offset, value, true),
    holds: holdsIntegers('-32768', '32767'),
  },
  I8: {
    bytes: 1,
    decode: (view, offset) => view.getInt8(offset),
    encode: (view, offset, value) => view.setInt8(offset, value),
    holds: holdsIntegers('-128', '127'),
  },
  U8: {
    bytes: 1,
    decode: (view, offset) => view.getUint8(offset),
    encode: (view, offset, value) => view.setUint8(offset, value),
    holds: holdsIntegers('0', '255'),
  },
  BOOL: {
    bytes: 1,
    decode: (view, offset) => {
      const byte = view.getUint8(offset);
      return byte <= 1 ? byte : undefined;
    },
    encode: (view, offset, value) => view.setUint8(offset, value),
    holds: 'the bytes 0 and 1',
  },
} satisfies Record<string, DtypeRecord>;

/** The names of the element types that we read and write. */
export type Dtype = keyof typeof records;

/** All element types by name. */
export const dtypes: Readonly<Record<Dtype, DtypeRecord>> = records;

/** Whether `name` is an element type that we read and write. */
export const isDtype = (name: unknown): name is Dtype =>
  typeof name === 'string' && Object.hasOwn(records, name);
