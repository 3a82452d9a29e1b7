// Labelled examples of one size, images or texts: an example has one label (its class) or several (the next character
// at each place).
import { imagePixels, type ImageSet } from '../../../unlearn-digits/images.ts';

export interface Examples {
  readonly count: number;
  /** [count, width] row-major. */
  readonly inputs: Float32Array;
  readonly width: number;
  /** [count, places] row-major. */
  readonly labels: Uint8Array;
  readonly places: number;
}

export const ofImages = ({ count, pixels, labels }: ImageSet): Examples => ({
  count,
  inputs: pixels,
  width: imagePixels,
  labels,
  places: 1,
});

/** The examples at `indices`, in that order. Throws a RangeError when there is no such example. */
export function selectExamples(set: Examples, indices: readonly number[]): Examples {
  const { width, places } = set;
  const inputs = new Float32Array(indices.length * width);
  const labels = new Uint8Array(indices.length * places);
  indices.forEach((index, position) => {
    if (index < 0 || index >= set.count)
      throw new RangeError(`example ${index} of a set of ${set.count}`);
    inputs.set(set.inputs.subarray(index * width, (index + 1) * width), position * width);
    labels.set(set.labels.subarray(index * places, (index + 1) * places), position * places);
  });
  return { count: indices.length, inputs, width, labels, places };
}

/** The first ones, or all when there are fewer. */
export const firstExamples = (set: Examples, count: number): Examples =>
  selectExamples(
    set,
    Array.from({ length: Math.min(count, set.count) }, (_, index) => index),
  );

/** The label of each place as a distribution, [count, places, classes]. */
export function oneHot({ labels }: Pick<Examples, 'labels'>, classes: number): Float32Array {
  const targets = new Float32Array(labels.length * classes);
  labels.forEach((label, place) => (targets[place * classes + label] = 1));
  return targets;
}
