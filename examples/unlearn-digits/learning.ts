/**
 * What both parties have before anybody is asked to forget: the provider's global model and its images of the class to
 * forget, the client's personal model and its own images.
 */
import { loadDigits, splitDigits, type Digits, type SplitSizes } from './digits.ts';
import { defaultDomain, toDomain } from './domain.ts';
import { filterByLabel, firstImages, type ImageSet } from './images.ts';
import { personalize, trainGlobal, type TrainingProgress } from './train.ts';
import type { Weights } from './weights.ts';

export interface LearningOptions {
  readonly seed: number;
  readonly forgetClass: number;
  /** Smaller for tests: how many digits, how they are split, and passes over them. */
  readonly digits?: number;
  readonly split?: SplitSizes;
  readonly epochs?: number;
  readonly report: (message: string) => void;
}

export interface Learned {
  readonly origin: Digits['origin'];
  readonly provider: {
    /** θ_0. */
    readonly weights: Weights;
    readonly forget: ImageSet;
    readonly forgetTest: ImageSet;
  };
  readonly client: {
    /** θ_p. */
    readonly weights: Weights;
    readonly images: ImageSet;
    readonly test: ImageSet;
  };
}

/** Trains and personalizes; takes a minute or two. */
export async function learn(options: LearningOptions): Promise<Learned> {
  const { report, seed, forgetClass } = options;
  const { origin, images: all } = loadDigits();
  const images = options.digits === undefined ? all : firstImages(all, options.digits);
  const sets = splitDigits(images, forgetClass, seed, options.split);
  report(
    `digits: ${origin}, ${sets.globalTraining.count} to train on, ${sets.personalTraining.count} of the client`,
  );
  const epochs = options.epochs === undefined ? {} : { epochs: options.epochs };
  const training = (title: string) => ({
    ...epochs,
    seed,
    onProgress: ({ step, steps, loss }: TrainingProgress) =>
      report(`${title}: step ${step} of ${steps}, loss ${loss.toFixed(3)}`),
  });
  const global = await trainGlobal(sets.globalTraining, training('training'));
  // The client works with the other classes: what it has of this one came with θ_0.
  const own = (set: ImageSet): ImageSet =>
    toDomain(
      filterByLabel(set, (label) => label !== forgetClass),
      defaultDomain,
    );
  const client = { images: own(sets.personalTraining), test: own(sets.personalTest) };
  const personal = await personalize(global, client.images, training('personalizing'));
  const { forget, forgetTest } = sets;
  return {
    origin,
    provider: { weights: global, forget, forgetTest },
    client: { weights: personal, ...client },
  };
}
