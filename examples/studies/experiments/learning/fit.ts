// Fits a model to targets by minibatches with Adam. A target is any row of weights t over the classes, and the loss of a
// batch is −Σ t log p over its examples, by their number: labels are one-hot rows, a teacher's probabilities distil, and
// negative rows push away. Training, gradient ascent and SCRUB are this with different targets.
import { jit, nn, numpy as np, tree, valueAndGrad } from '@jax-js/jax';
import { adamScale, adamState, adamStep, type AdamState } from '../../../unlearn-digits/adam.ts';
import { seededRandom, shuffledIndices } from '../../../unlearn-digits/random.ts';
import {
  fromParameters,
  startBackend,
  toArray,
  toParameters,
  type Parameters,
  type Weights,
} from '../../../unlearn-digits/weights.ts';
import { oneHot, selectExamples, type Examples } from './examples.ts';
import type { Learner } from './learner.ts';

/** Some passes over one set. */
export interface Phase {
  readonly set: Examples;
  /** [count, places, classes]; the labels when left out. */
  readonly targets?: Float32Array;
  readonly epochs: number;
  /** Whether the learner's augmentation is shown in place of the set. */
  readonly augment?: boolean;
}

export interface FitSettings {
  readonly seed: number;
  readonly batchSize: number;
  /** The highest learning rate. */
  readonly rate: number;
  /** Warm up and cool down; otherwise the rate stays. */
  readonly schedule?: boolean;
  /** Called about ten times with the fraction done and the mean loss since. */
  readonly report?: (done: number, loss: number) => void;
}

/**
 * The weights after all phases, one after the other. `trained` maps what is trained to the model's parameters; without it
 * that is the model itself. A set smaller than a batch is one batch.
 */
export async function fit(
  learner: Learner,
  start: Weights,
  phases: readonly Phase[],
  settings: FitSettings,
  trained: (parameters: Parameters) => Parameters = (parameters) => parameters,
): Promise<Weights> {
  await startBackend();
  const random = seededRandom(settings.seed + 1);
  const update = jit(stepOf(learner, trained));
  const total = phases.reduce((sum, phase) => sum + phase.epochs * stepsOf(phase, settings), 0);
  const every = Math.max(1, Math.floor(total / 10));
  let state = adamState(toParameters(start));
  let [step, losses, counted] = [0, 0, 0];
  for (const phase of phases)
    for (let epoch = 0; epoch < phase.epochs; epoch++)
      for (const batch of batchesOf(learner, phase, settings, random)) {
        step++;
        const rate = settings.rate * (settings.schedule ? cosine(step / total) : 1);
        const [loss, next] = update(
          state,
          batch.inputs,
          batch.targets,
          np.array(adamScale(rate, step)),
        );
        state = next;
        losses += (await loss.data())[0]!;
        counted++;
        if (step % every === 0) {
          settings.report?.(step / total, losses / counted);
          [losses, counted] = [0, 0];
        }
      }
  update.dispose();
  tree.dispose([state.first, state.second]);
  return fromParameters(state.parameters);
}

const batchOf = ({ set }: Phase, { batchSize }: FitSettings): number =>
  Math.min(batchSize, set.count);

const stepsOf = (phase: Phase, settings: FitSettings): number =>
  Math.floor(phase.set.count / batchOf(phase, settings));

/** One pass in random order; what does not fill a batch is left out of it. */
function* batchesOf(
  learner: Learner,
  phase: Phase,
  settings: FitSettings,
  random: ReturnType<typeof seededRandom>,
): Generator<{ inputs: np.Array; targets: np.Array }> {
  const { set, targets = oneHot(set, learner.classes) } = phase;
  const order = shuffledIndices(set.count, random);
  const shuffled = selectExamples(set, order);
  const shown = phase.augment && learner.augment ? learner.augment(shuffled, random) : shuffled;
  const size = batchOf(phase, settings);
  const row = set.places * learner.classes;
  for (let first = 0; first + size <= set.count; first += size) {
    const own = new Float32Array(size * row);
    order.slice(first, first + size).forEach((index, position) => {
      own.set(targets.subarray(index * row, (index + 1) * row), position * row);
    });
    yield {
      inputs: toArray(shown.inputs.slice(first * set.width, (first + size) * set.width), [
        size,
        set.width,
      ]),
      targets: toArray(own, [size, set.places, learner.classes]),
    };
  }
}

function stepOf(learner: Learner, trained: (parameters: Parameters) => Parameters) {
  return (
    state: AdamState,
    inputs: np.Array,
    targets: np.Array,
    scale: np.Array,
  ): [loss: np.Array, next: AdamState] => {
    const [count, places] = targets.shape as [number, number];
    const lossOf = (parameters: Parameters): np.Array =>
      nn
        .logSoftmax(learner.logits(trained(parameters), inputs), -1)
        .mul(targets)
        .sum()
        .mul(-1 / (count * places));
    const [loss, gradient] = valueAndGrad(lossOf)(tree.ref(state.parameters));
    return [loss, adamStep(state, gradient, scale)];
  };
}

/** A rise over the first tenth and a cosine to zero, of the fraction done in (0, 1]. */
function cosine(done: number): number {
  const warmup = 0.1;
  if (done < warmup) return done / warmup;
  return 0.5 * (1 + Math.cos((Math.PI * (done - warmup)) / (1 - warmup)));
}
