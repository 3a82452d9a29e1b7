/**
 * Training by minibatches with Adam; the learning rate rises over the first tenth of the steps
 * and falls to zero along a cosine. The seed determines the first weights, the order of the images
 * and how far each is shifted.
 */
import { jit, numpy as np, tree, valueAndGrad } from '@jax-js/jax';
import { adamScale, adamState, adamStep, type AdamState } from './adam.ts';
import { defaultArchitecture, initialWeights, type Architecture } from './architecture.ts';
import { selectImages, shiftImages, type ImageSet } from './images.ts';
import { makeBatch, summedLoss } from './loss.ts';
import { seededRandom, shuffledIndices } from './random.ts';
import {
  fromParameters,
  startBackend,
  toParameters,
  type Parameters,
  type Weights,
} from './weights.ts';

/** What a training run reports now and then. */
export interface TrainingProgress {
  /** Steps done. */
  readonly step: number;
  /** Steps in all. */
  readonly steps: number;
  /** Mean loss over the batches since the last report, in nats. */
  readonly loss: number;
}

/** How to train. */
export interface TrainingSettings {
  readonly architecture: Architecture;
  readonly seed: number;
  /** Passes over the training set. */
  readonly epochs: number;
  /** Images of a step; what remains at the end of a pass is left out of it. */
  readonly batchSize: number;
  /** The highest learning rate. */
  readonly learningRate: number;
  /** Images are moved at random by up to this many pixels along each axis. */
  readonly shift: number;
  /** Called about twenty times. */
  readonly onProgress: (progress: TrainingProgress) => void;
}

const globalSettings: TrainingSettings = {
  architecture: defaultArchitecture,
  seed: 2,
  epochs: 10,
  batchSize: 64,
  learningRate: 8e-3,
  shift: 1,
  onProgress: () => {},
};

const personalSettings: TrainingSettings = {
  ...globalSettings,
  epochs: 20,
  batchSize: 32,
  learningRate: 2e-3,
};

/**
 * Trains θ_0 from random weights on the provider's images.
 * @throws RangeError when the set is empty
 */
export async function trainGlobal(
  set: ImageSet,
  settings: Partial<TrainingSettings> = {},
): Promise<Weights> {
  const all = { ...globalSettings, ...settings };
  return train(initialWeights(all.architecture, all.seed), set, all);
}

/**
 * Fine-tunes θ_0 on the client's images to θ_p; all weights may change.
 * @throws RangeError when the set is empty
 */
export async function personalize(
  weights: Weights,
  set: ImageSet,
  settings: Partial<TrainingSettings> = {},
): Promise<Weights> {
  return train(weights, set, { ...personalSettings, ...settings });
}

async function train(
  weights: Weights,
  set: ImageSet,
  settings: TrainingSettings,
): Promise<Weights> {
  if (set.count === 0) throw new RangeError('an empty set of images trains nothing');
  await startBackend();
  const batchSize = Math.min(settings.batchSize, set.count);
  const stepsPerEpoch = Math.floor(set.count / batchSize);
  const steps = settings.epochs * stepsPerEpoch;
  const reportEvery = Math.ceil(steps / 20);
  const random = seededRandom(settings.seed + 1);
  const update = jit(trainingStep(settings.architecture, batchSize));
  let state = adamState(toParameters(weights));
  let shown = set;
  let losses: number[] = [];
  for (let step = 1; step <= steps; step++) {
    const place = (step - 1) % stepsPerEpoch;
    if (place === 0) {
      const shuffled = selectImages(set, shuffledIndices(set.count, random));
      shown = shiftImages(shuffled, settings.shift, random);
    }
    const { images, targets } = makeBatch(shown, { start: place * batchSize, size: batchSize });
    const scale = adamScale(settings.learningRate * schedule(step / steps), step);
    const [loss, next] = update(state, images, targets, np.array(scale));
    state = next;
    losses.push((await loss.data())[0]!);
    if (step === steps || step % reportEvery === 0) {
      const mean = losses.reduce((sum, value) => sum + value, 0) / losses.length;
      settings.onProgress({ step, steps, loss: mean });
      losses = [];
    }
  }
  update.dispose();
  tree.dispose([state.first, state.second]);
  return fromParameters(state.parameters);
}

/** The function from a state and a batch to the batch's mean loss and the next state. */
function trainingStep(architecture: Architecture, batchSize: number) {
  return (
    state: AdamState,
    images: np.Array,
    targets: np.Array,
    scale: np.Array,
  ): [loss: np.Array, next: AdamState] => {
    const meanLoss = (parameters: Parameters): np.Array =>
      summedLoss(architecture, parameters, images, targets).mul(1 / batchSize);
    const [loss, gradient] = valueAndGrad(meanLoss)(tree.ref(state.parameters));
    return [loss, adamStep(state, gradient, scale)];
  };
}

/** The part of the highest learning rate at a fraction of the run in (0, 1]. */
function schedule(fraction: number): number {
  const warmup = 0.1;
  if (fraction < warmup) return fraction / warmup;
  return 0.5 * (1 + Math.cos((Math.PI * (fraction - warmup)) / (1 - warmup)));
}
