/**
 * Reader of gzip-compressed IDX files, the format of MNIST: a big-endian header
 * (0, 0, element type, rank; then one 32-bit size per axis) and the bytes in row-major order.
 */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

const unsignedByte = 0x08;

/** Bytes of an IDX file with the sizes of its axes. */
export interface IdxTensor {
  /** Sizes of the axes, the outermost first. */
  readonly shape: readonly number[];
  /** The elements, row-major. */
  readonly data: Uint8Array;
}

/**
 * Decodes an IDX file of unsigned bytes.
 * @param bytes the decompressed file
 * @param rank the number of axes that the caller expects
 * @param name what error messages call the file
 * @throws Error when the magic number, the element type, the rank or the size is not as expected
 */
export function decodeIdx(bytes: Uint8Array, rank: number, name: string): IdxTensor {
  const headerBytes = 4 + 4 * rank;
  if (bytes.length < headerBytes)
    throw new Error(`${name}: ${bytes.length} bytes are too few for an IDX header of rank ${rank}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const magic = view.getUint32(0);
  const expected = (unsignedByte << 8) | rank;
  if (magic !== expected)
    throw new Error(`${name}: IDX magic number is ${hex(magic)}, expected ${hex(expected)}`);
  const shape = Array.from({ length: rank }, (_, axis) => view.getUint32(4 + 4 * axis));
  const size = shape.reduce((product, length) => product * length, 1);
  const data = bytes.subarray(headerBytes);
  if (data.length !== size)
    throw new Error(
      `${name}: the header says ${shape.join('×')} = ${size} bytes, the file holds ${data.length}`,
    );
  return { shape, data };
}

/**
 * Reads and decodes a gzip-compressed IDX file of unsigned bytes.
 * @throws Error as {@link decodeIdx}, and when the file cannot be read or decompressed
 */
export function readIdx(path: string, rank: number): IdxTensor {
  let compressed: Buffer;
  try {
    compressed = readFileSync(path);
  } catch (error) {
    throw new Error(`${path}: cannot be read`, { cause: error });
  }
  let bytes: Buffer;
  try {
    bytes = gunzipSync(compressed);
  } catch (error) {
    throw new Error(`${path}: is not a complete gzip file`, { cause: error });
  }
  return decodeIdx(bytes, rank, path);
}

function hex(value: number): string {
  return `0x${value.toString(16).padStart(8, '0')}`;
}
