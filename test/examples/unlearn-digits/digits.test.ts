import { describe, expect, it } from 'vitest';
import { splitDigits } from '../../../examples/unlearn-digits/digits.ts';
import { toDomain } from '../../../examples/unlearn-digits/domain.ts';
import { drawGlyphs } from '../../../examples/unlearn-digits/glyphs.ts';
import {
  filterByLabel,
  imagePixels,
  imageSide,
  selectImages,
  shiftImages,
  type ImageSet,
} from '../../../examples/unlearn-digits/images.ts';
import { seededRandom } from '../../../examples/unlearn-digits/random.ts';

const sizes = { globalTest: 60, personalTraining: 40, personalTest: 50 };

/** Images whose first pixel is their number, so that a part of the set tells which it holds. */
function numbered(count: number): ImageSet {
  const pixels = new Float32Array(count * imagePixels);
  for (let index = 0; index < count; index++) pixels[index * imagePixels] = index;
  return { count, pixels, labels: Uint8Array.from({ length: count }, (_, index) => index % 10) };
}

const numbers = (set: ImageSet): number[] =>
  Array.from({ length: set.count }, (_, index) => set.pixels[index * imagePixels]!);

describe('the split', () => {
  const images = numbered(300);
  const split = splitDigits(images, 7, 5, sizes);

  it('covers all images with disjoint sets of the sizes asked for', () => {
    const { globalTraining, globalTest, personalTraining, personalTest } = split;
    const parts = [globalTraining, globalTest, personalTraining, personalTest];
    expect(parts.map(({ count }) => count)).toEqual([150, 60, 40, 50]);
    const all = parts.flatMap(numbers).sort((a, b) => a - b);
    expect(all).toEqual(numbers(images));
  });

  it('takes the forget sets from the global ones', () => {
    expect(new Set([...split.forget.labels, ...split.forgetTest.labels])).toEqual(new Set([7]));
    const seven = (label: number): boolean => label === 7;
    expect(numbers(split.forget)).toEqual(numbers(filterByLabel(split.globalTraining, seven)));
    expect(numbers(split.forgetTest)).toEqual(numbers(filterByLabel(split.globalTest, seven)));
  });

  it('is determined by the seed', () => {
    expect(splitDigits(images, 7, 5, sizes)).toEqual(split);
    const other = splitDigits(images, 7, 6, sizes);
    expect(numbers(other.globalTraining)).not.toEqual(numbers(split.globalTraining));
  });

  it('refuses sizes and classes that it cannot serve', () => {
    expect(() => splitDigits(numbered(150), 7, 5, sizes)).toThrow('leaves none of 150');
    expect(() => splitDigits(images, 10, 5, sizes)).toThrow('class 10 to forget is missing');
  });
});

describe('parts of a set', () => {
  const set = numbered(40);

  it('hold the images asked for', () => {
    expect(numbers(selectImages(set, [3, 1, 3]))).toEqual([3, 1, 3]);
    expect(() => selectImages(set, [40])).toThrow('image 40 of a set of 40');
  });

  it('keep the ink of shifted images that have a border', () => {
    const glyphs = toDomain(drawGlyphs({ count: 20, seed: 1 }), { degrees: 0, inversion: 0 });
    const framed = glyphs.pixels.map((grey, index) => {
      const [row, column] = [Math.floor(index / imageSide) % imageSide, index % imageSide];
      return Math.min(row, column) < 2 || Math.max(row, column) > imageSide - 3 ? 0 : grey;
    });
    const ink = (set: ImageSet): number => set.pixels.reduce((sum, grey) => sum + grey, 0);
    const before = { ...glyphs, pixels: framed };
    const after = shiftImages(before, 2, seededRandom(1));
    expect(ink(after)).toBeCloseTo(ink(before), 1);
    expect(after.pixels).not.toEqual(before.pixels);
  });
});

describe('glyphs', () => {
  const glyphs = drawGlyphs({ count: 200, seed: 3 });

  it('are determined by the seed', () => {
    expect(drawGlyphs({ count: 200, seed: 3 })).toEqual(glyphs);
    expect(drawGlyphs({ count: 200, seed: 4 }).pixels).not.toEqual(glyphs.pixels);
  });

  it('have grey values in [0, 1] and all ten classes', () => {
    expect(glyphs.pixels.every((grey) => grey >= 0 && grey <= 1)).toBe(true);
    expect(new Set(glyphs.labels).size).toBe(10);
  });
});

describe('the domain', () => {
  const glyphs = drawGlyphs({ count: 3, seed: 3 });

  it('without rotation and inversion changes nothing', () => {
    expect(toDomain(glyphs, { degrees: 0, inversion: 0 })).toEqual(glyphs);
  });

  it('of a quarter turn moves each pixel clockwise', () => {
    const turned = toDomain(glyphs, { degrees: 90, inversion: 0 });
    for (const [row, column] of [
      [10, 12],
      [16, 15],
      [0, 31],
    ] as const) {
      const from = glyphs.pixels[row * imageSide + column]!;
      expect(turned.pixels[column * imageSide + imageSide - 1 - row]).toBeCloseTo(from, 5);
    }
  });

  it('with inversion exchanges dark and bright', () => {
    const inverted = toDomain(glyphs, { degrees: 0, inversion: 1 });
    inverted.pixels.forEach((grey, index) =>
      expect(grey).toBeCloseTo(1 - glyphs.pixels[index]!, 6),
    );
  });
});
