/**
 * The digits of a run, and their split by seed into the disjoint sets of the provider and of the
 * client: global training and test images; personal training and test images. The forget set and
 * the forget test set are the images of one class in the global training and test sets.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { drawGlyphs } from './glyphs.ts';
import { readIdx } from './idx.ts';
import {
  classCount,
  filterByLabel,
  imagePixels,
  imageSide,
  selectImages,
  type ImageSet,
} from './images.ts';
import { seededRandom, shuffledIndices } from './random.ts';

/** Side of an image in the files. */
const fileSide = 28;

/** Digits with their origin: MNIST files, or generated glyphs. */
export interface Digits {
  readonly origin: 'mnist' | 'glyphs';
  readonly images: ImageSet;
}

/** How many images each of the three smaller sets takes; the global training set takes the rest. */
export interface SplitSizes {
  readonly globalTest: number;
  readonly personalTraining: number;
  readonly personalTest: number;
}

/** The sets of the two parties; the client's are not yet moved to the client's domain. */
export interface DigitSplit {
  readonly globalTraining: ImageSet;
  readonly globalTest: ImageSet;
  readonly personalTraining: ImageSet;
  readonly personalTest: ImageSet;
  /** Part of `globalTraining`: the images of the class to forget. */
  readonly forget: ImageSet;
  /** Part of `globalTest`: the images of the class to forget. */
  readonly forgetTest: ImageSet;
}

export const defaultSplitSizes: SplitSizes = {
  globalTest: 1500,
  personalTraining: 600,
  personalTest: 1000,
};

/**
 * The folder of the MNIST files: the environment variable LETHE_DATA, or `../shared/data/mnist`
 * beside the repository.
 */
export function digitsFolder(): string {
  const beside = fileURLToPath(new URL('../../../shared/data/mnist', import.meta.url));
  return process.env['LETHE_DATA'] ?? beside;
}

/**
 * Reads the 10,000 digits of the MNIST test files in `folder`; when there is no such folder, draws
 * as many glyphs with seed 0.
 * @throws Error when the folder exists and a file in it is missing, damaged or of another size
 */
export function loadDigits(folder: string = digitsFolder()): Digits {
  if (!existsSync(folder))
    return { origin: 'glyphs', images: drawGlyphs({ count: 10_000, seed: 0 }) };
  const imagesPath = join(folder, 't10k-images-idx3-ubyte.gz');
  const labelsPath = join(folder, 't10k-labels-idx1-ubyte.gz');
  const images = readIdx(imagesPath, 3);
  const labels = readIdx(labelsPath, 1);
  const [count = 0, rows, columns] = images.shape;
  if (rows !== fileSide || columns !== fileSide)
    throw new Error(`${imagesPath}: images are ${rows}×${columns}, expected 28×28`);
  if (labels.shape[0] !== count)
    throw new Error(`${labelsPath}: ${labels.shape[0]} labels for ${count} images`);
  const wrong = labels.data.findIndex((label) => label >= classCount);
  if (wrong >= 0) throw new Error(`${labelsPath}: label ${wrong} is ${labels.data[wrong]}`);
  return { origin: 'mnist', images: { count, pixels: framed(images.data), labels: labels.data } };
}

/**
 * Splits `images` into disjoint sets; the same seed and sizes give the same sets.
 * @throws RangeError when the sizes leave no image for global training, or when no training or test
 *   image has the class to forget
 */
export function splitDigits(
  images: ImageSet,
  forgetClass: number,
  seed: number,
  sizes: SplitSizes = defaultSplitSizes,
): DigitSplit {
  const taken = sizes.globalTest + sizes.personalTraining + sizes.personalTest;
  if (taken >= images.count)
    throw new RangeError(`a split of ${taken} images leaves none of ${images.count} for training`);
  const order = shuffledIndices(images.count, seededRandom(seed));
  let start = 0;
  const take = (count: number): ImageSet =>
    selectImages(images, order.slice(start, (start += count)));
  const globalTest = take(sizes.globalTest);
  const personalTraining = take(sizes.personalTraining);
  const personalTest = take(sizes.personalTest);
  const globalTraining = take(images.count - taken);
  const forget = filterByLabel(globalTraining, (label) => label === forgetClass);
  const forgetTest = filterByLabel(globalTest, (label) => label === forgetClass);
  if (forget.count === 0 || forgetTest.count === 0)
    throw new RangeError(`class ${forgetClass} to forget is missing in the training or test set`);
  return { globalTraining, globalTest, personalTraining, personalTest, forget, forgetTest };
}

/** Grey values in [0, 1] of images with bytes for pixels, each in its border. */
function framed(bytes: Uint8Array): Float32Array {
  const border = (imageSide - fileSide) / 2;
  const rows = bytes.length / fileSide;
  const pixels = new Float32Array((rows / fileSide) * imagePixels);
  for (let row = 0; row < rows; row++) {
    const image = Math.floor(row / fileSide);
    const line = (row % fileSide) + border;
    const start = image * imagePixels + line * imageSide + border;
    for (let column = 0; column < fileSide; column++)
      pixels[start + column] = bytes[row * fileSide + column]! / 255;
  }
  return pixels;
}
