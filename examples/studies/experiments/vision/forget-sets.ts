// What is to be forgotten, and the sets that follow from it.
import {
  filterByLabel,
  firstImages,
  selectImages,
  type ImageSet,
} from '../../../unlearn-digits/images.ts';
import type { DigitSplit } from '../../../unlearn-digits/digits.ts';
import { seededRandom } from '../../../unlearn-digits/random.ts';

export interface VisionSets {
  /** D: `forget` and `retained`, in an order that does not depend on what is to be forgotten. */
  readonly training: ImageSet;
  readonly forget: ImageSet;
  readonly retained: ImageSet;
  readonly heldOut: ImageSet;
  readonly retainTest: ImageSet;
  /** Still in the provider's domain. */
  readonly personal: ImageSet;
  readonly personalTest: ImageSet;
}

/** All images of some classes, of which the client has none. */
export function forgetClasses(split: DigitSplit, classes: readonly number[]): VisionSets {
  const of = (set: ImageSet): ImageSet => filterByLabel(set, (label) => classes.includes(label));
  const rest = (set: ImageSet): ImageSet => filterByLabel(set, (label) => !classes.includes(label));
  return {
    training: split.globalTraining,
    forget: of(split.globalTraining),
    retained: rest(split.globalTraining),
    heldOut: of(split.globalTest),
    retainTest: rest(split.globalTest),
    personal: rest(split.personalTraining),
    personalTest: rest(split.personalTest),
  };
}

/** The first `count` images of the training set, which is in random order; as many are held out. */
export function forgetExamples(split: DigitSplit, count: number): VisionSets {
  const { globalTraining, globalTest, personalTraining, personalTest } = split;
  return {
    training: globalTraining,
    forget: firstImages(globalTraining, count),
    retained: after(globalTraining, count),
    heldOut: firstImages(globalTest, count),
    retainTest: after(globalTest, count),
    personal: personalTraining,
    personalTest,
  };
}

/** The same, but these images are labelled wrongly: what is known of their labels was memorised. */
export function forgetWrongLabels(split: DigitSplit, count: number, seed: number): VisionSets {
  const sets = forgetExamples(split, count);
  const random = seededRandom(seed);
  const wrong = (set: ImageSet): ImageSet => ({
    ...set,
    labels: set.labels.map((label) => (label + 1 + random.integer(9)) % 10),
  });
  const forget = wrong(sets.forget);
  const labels = sets.training.labels.slice();
  labels.set(forget.labels);
  return {
    ...sets,
    training: { ...sets.training, labels },
    forget,
    heldOut: wrong(sets.heldOut),
  };
}

const after = (set: ImageSet, count: number): ImageSet =>
  selectImages(
    set,
    Array.from({ length: set.count - count }, (_, index) => count + index),
  );
