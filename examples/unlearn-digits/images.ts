/**
 * A labelled set of grey images, and the ways to take a part of one. Images are 32×32: a digit of
 * 28×28 in a border of two pixels, so that patches of side 8 fit.
 */
import type { Random } from './random.ts';

/** Side of an image in pixels. */
export const imageSide = 32;
/** Pixels of an image. */
export const imagePixels = imageSide * imageSide;
/** Number of classes: the digits 0 … 9. */
export const classCount = 10;

/** Images and their labels. */
export interface ImageSet {
  /** Number of images, n. */
  readonly count: number;
  /** [n, 32, 32] row-major, grey values in [0, 1], ink bright. */
  readonly pixels: Float32Array;
  /** [n], the class of each image, 0 … 9. */
  readonly labels: Uint8Array;
}

/**
 * The images at `indices`, in that order; an index may occur more than once.
 * @throws RangeError when an index is outside the set
 */
export function selectImages(set: ImageSet, indices: ArrayLike<number>): ImageSet {
  const pixels = new Float32Array(indices.length * imagePixels);
  const labels = new Uint8Array(indices.length);
  for (let position = 0; position < indices.length; position++) {
    const index = indices[position]!;
    const label = set.labels[index];
    if (label === undefined) throw new RangeError(`image ${index} of a set of ${set.count}`);
    const start = index * imagePixels;
    pixels.set(set.pixels.subarray(start, start + imagePixels), position * imagePixels);
    labels[position] = label;
  }
  return { count: indices.length, pixels, labels };
}

/** The images whose label passes `keep`, in the set's order. */
export function filterByLabel(set: ImageSet, keep: (label: number) => boolean): ImageSet {
  const indices: number[] = [];
  set.labels.forEach((label, index) => {
    if (keep(label)) indices.push(index);
  });
  return selectImages(set, indices);
}

/** The first `count` images, or all of them when there are fewer. */
export function firstImages(set: ImageSet, count: number): ImageSet {
  const kept = Math.min(count, set.count);
  return {
    count: kept,
    pixels: set.pixels.slice(0, kept * imagePixels),
    labels: set.labels.slice(0, kept),
  };
}

/** The images moved by up to `reach` pixels along each axis, each by its own random step. */
export function shiftImages(set: ImageSet, reach: number, random: Random): ImageSet {
  const pixels = new Float32Array(set.pixels.length);
  for (let start = 0; start < pixels.length; start += imagePixels) {
    const right = random.integer(2 * reach + 1) - reach;
    const down = random.integer(2 * reach + 1) - reach;
    for (let row = Math.max(0, down); row < Math.min(imageSide, imageSide + down); row++) {
      const left = start + (row - down) * imageSide;
      const kept = set.pixels.subarray(
        left + Math.max(0, -right),
        left + imageSide - Math.max(0, right),
      );
      pixels.set(kept, start + row * imageSide + Math.max(0, right));
    }
  }
  return { count: set.count, pixels, labels: set.labels };
}
