import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { loadDigits } from '../../../examples/unlearn-digits/digits.ts';
import { decodeIdx, readIdx } from '../../../examples/unlearn-digits/idx.ts';
import { imagePixels, imageSide } from '../../../examples/unlearn-digits/images.ts';

const folder = mkdtempSync(join(tmpdir(), 'unlearn-digits-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** An IDX file of bytes with these axes. */
function idx(shape: number[], data: number[] | Uint8Array): Uint8Array {
  const file = new Uint8Array(4 + 4 * shape.length + data.length);
  const view = new DataView(file.buffer);
  view.setUint32(0, 0x0800 | shape.length);
  shape.forEach((length, axis) => view.setUint32(4 + 4 * axis, length));
  file.set(data, 4 + 4 * shape.length);
  return file;
}

function writeDigits(images: Uint8Array, labels: Uint8Array): void {
  writeFileSync(join(folder, 't10k-images-idx3-ubyte.gz'), gzipSync(images));
  writeFileSync(join(folder, 't10k-labels-idx1-ubyte.gz'), gzipSync(labels));
}

describe('IDX files', () => {
  it('are decoded to shape and bytes', () => {
    const tensor = decodeIdx(idx([2, 3], [1, 2, 3, 4, 5, 6]), 2, 'six');
    expect(tensor.shape).toEqual([2, 3]);
    expect([...tensor.data]).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it.each([
    ['a short header', new Uint8Array(7), 'f: 7 bytes are too few for an IDX header of rank 1'],
    ['another rank', idx([1, 1], [0]), 'f: IDX magic number is 0x00000802, expected 0x00000801'],
    ['too few bytes', idx([4], [1, 2, 3]), 'f: the header says 4 = 4 bytes, the file holds 3'],
    ['too many bytes', idx([2], [1, 2, 3]), 'f: the header says 2 = 2 bytes, the file holds 3'],
  ])('with %s are refused', (_, bytes, message) => {
    expect(() => decodeIdx(bytes, 1, 'f')).toThrow(message);
  });

  it('that are missing or not compressed are refused by name', () => {
    const missing = join(folder, 'missing.gz');
    expect(() => readIdx(missing, 1)).toThrow(`${missing}: cannot be read`);
    const plain = join(folder, 'plain.gz');
    writeFileSync(plain, idx([1], [0]));
    expect(() => readIdx(plain, 1)).toThrow(`${plain}: is not a complete gzip file`);
  });
});

describe('a folder of digits', () => {
  it('is read with a border around each image', () => {
    writeDigits(idx([2, 28, 28], new Uint8Array(2 * 784).fill(255)), idx([2], [3, 9]));
    const { origin, images } = loadDigits(folder);
    expect(origin).toBe('mnist');
    expect([...images.labels]).toEqual([3, 9]);
    expect(images.pixels.length).toBe(2 * imagePixels);
    expect(images.pixels[imagePixels + 2 * imageSide + 2]).toBe(1);
    expect(images.pixels[imagePixels + imageSide + 2]).toBe(0);
    expect(images.pixels.reduce((sum, grey) => sum + grey, 0)).toBe(2 * 784);
  });

  it.each([
    ['images of another size', idx([1, 2, 2], [0, 0, 0, 0]), idx([1], [0]), 'images are 2×2'],
    [
      'too few labels',
      idx([1, 28, 28], new Uint8Array(784)),
      idx([0], []),
      '0 labels for 1 images',
    ],
    ['a wrong label', idx([1, 28, 28], new Uint8Array(784)), idx([1], [10]), 'label 0 is 10'],
  ])('with %s is refused', (_, images, labels, message) => {
    writeDigits(images, labels);
    expect(() => loadDigits(folder)).toThrow(message);
  });

  it('without one of the files is refused', () => {
    rmSync(join(folder, 't10k-labels-idx1-ubyte.gz'));
    expect(() => loadDigits(folder)).toThrow('t10k-labels-idx1-ubyte.gz: cannot be read');
  });

  it('that is missing is replaced by glyphs', () => {
    const { origin, images } = loadDigits(join(folder, 'none'));
    expect(origin).toBe('glyphs');
    expect(images.count).toBe(10_000);
  });
});
