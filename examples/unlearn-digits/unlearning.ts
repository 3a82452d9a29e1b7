/**
 * Unlearning one class in a personalized model, from training to the unlearned weights in float and fixed point.
 */
import {
  saliencyScores,
  topKMasks,
  unlearn,
  type ExampleGradients,
  type Masks,
  type NamedTensors,
} from '../../stdlib/apex/reference/index.ts';
import { touchedBlocks, type TouchedBlock } from './blocks.ts';
import { loadDigits, splitDigits, type SplitSizes } from './digits.ts';
import { defaultDomain, toDomain } from './domain.ts';
import { evaluate } from './evaluate.ts';
import { replaceBlocks, unlearnFixed } from './fixed-point.ts';
import { exampleGradients, gradientStatistics } from './gradients.ts';
import { filterByLabel, firstImages, type ImageSet } from './images.ts';
import { mlpScope } from './scope.ts';
import { personalize, trainGlobal, type TrainingProgress } from './train.ts';
import type { Weights } from './weights.ts';

export interface UnlearningOptions {
  readonly seed: number;
  readonly forgetClass: number;
  /** Fraction of the weights in scope that is masked. */
  readonly budget: number;
  /** d, weights in a Fisher block. */
  readonly blockSize: number;
  /** λ, in multiples of the mean diagonal of the client's Fisher. */
  readonly relativeDamping: number;
  /** How many of the client's examples give gradients. */
  readonly gradients: number;
  /** Smaller for tests: how many digits, how they are split, and passes over them. */
  readonly digits?: number;
  readonly split?: SplitSizes;
  readonly epochs?: number;
  readonly report: (message: string) => void;
}

/** Accuracies of one model: on the class to forget, and on the client's images of the other classes. */
export interface Scores {
  readonly forget: number;
  readonly personal: number;
}

export interface Unlearning {
  readonly origin: 'mnist' | 'glyphs';
  /** θ_0, θ_p, and θ_u in fixed point. */
  readonly weights: {
    readonly global: Weights;
    readonly personal: Weights;
    readonly unlearned: Weights;
  };
  readonly weightsInScope: number;
  readonly masked: number;
  readonly blocks: { readonly all: number; readonly touched: readonly TouchedBlock[] };
  /** The largest |C'δ| on unmasked rows that float leaves, and the largest entry of C'. */
  readonly largestCurvature: number;
  /** max |θ_u fixed − θ_u float| over the weights in scope. */
  readonly distance: number;
  readonly scores: Readonly<Record<'before' | 'maskOnly' | 'float' | 'fixed', Scores>>;
}

/** Trains, personalizes, masks, and unlearns. Takes a minute or two; reports as it goes. */
export async function runUnlearning(options: UnlearningOptions): Promise<Unlearning> {
  const { report, seed, forgetClass, blockSize } = options;
  const { origin, images: all } = loadDigits();
  const images = options.digits === undefined ? all : firstImages(all, options.digits);
  const sets = splitDigits(images, forgetClass, seed, options.split);
  report(
    `digits: ${origin}, ${sets.globalTraining.count} to train on, ${sets.personalTraining.count} of the client`,
  );

  const epochs = options.epochs === undefined ? {} : { epochs: options.epochs };
  const onProgress =
    (title: string) =>
    ({ step, steps, loss }: TrainingProgress) =>
      report(`${title}: step ${step} of ${steps}, loss ${loss.toFixed(3)}`);
  const global = await trainGlobal(sets.globalTraining, {
    ...epochs,
    seed,
    onProgress: onProgress('training'),
  });
  // The client works with the other classes: what it has of this one came with θ_0.
  const others = (set: ImageSet): ImageSet => filterByLabel(set, (label) => label !== forgetClass);
  const client = toDomain(others(sets.personalTraining), defaultDomain);
  const clientTest = toDomain(others(sets.personalTest), defaultDomain);
  const personal = await personalize(global, client, {
    ...epochs,
    seed,
    onProgress: onProgress('personalizing'),
  });

  const scope = mlpScope();
  report(`mask: gradients of ${sets.forget.count} images to forget`);
  const masks = await chooseMask(global, sets.forget, scope, options.budget);
  report(
    `curvature: gradients of ${Math.min(options.gradients, client.count)} images of the client`,
  );
  const sample = firstImages(client, Math.min(options.gradients, client.count));
  const rows = await exampleGradients(personal, sample, scope);
  const gradients = splitRows(rows, pick(personal, scope));
  const damping = options.relativeDamping * meanDiagonal(rows.data);

  report('Group OBS in float64 and in fixed point');
  const float = unlearn({ weights: personal, masks, gradients, blockSize, damping });
  const touched = touchedBlocks({ weights: personal, masks, gradients, blockSize, damping });
  const unlearned = replaceBlocks(personal, touched, unlearnFixed(touched, blockSize));
  const score = async (weights: NamedTensors): Promise<Scores> => ({
    forget: (await evaluate(toWeights(weights), sets.forgetTest)).accuracy,
    personal: (await evaluate(toWeights(weights), clientTest)).accuracy,
  });
  return {
    origin,
    weights: { global, personal, unlearned },
    weightsInScope: [...masks.values()].reduce((sum, mask) => sum + mask.length, 0),
    masked: [...masks.values()].reduce((sum, mask) => sum + mask.filter(Boolean).length, 0),
    blocks: { all: float.blocks.length, touched },
    largestCurvature: Math.max(...touched.flatMap(({ curvature }) => [...curvature].map(Math.abs))),
    distance: largestDistance(float.weights, unlearned),
    scores: {
      before: await score(personal),
      maskOnly: await score(cleared(personal, masks)),
      float: await score(float.weights),
      fixed: await score(unlearned),
    },
  };
}

/** The `budget` of weights in scope with the highest saliency on the forget set (eq. 15), from θ_0. */
async function chooseMask(
  weights: Weights,
  forget: ImageSet,
  scope: readonly string[],
  budget: number,
): Promise<Masks> {
  const { mean, fisher } = await gradientStatistics(weights, forget, scope);
  const inScope = pick(weights, scope);
  const damped = fisher.map((value) => value + 1e-8);
  const scores = saliencyScores({
    weights: inScope,
    gradient: splitVector(mean, inScope),
    curvature: splitVector(damped, inScope),
  });
  return topKMasks({ scores, k: Math.round(budget * mean.length) });
}

const pick = (weights: Weights, names: readonly string[]): Weights =>
  new Map(names.map((name) => [name, weights.get(name)!]));

/** A vector over the scope as tensors of the same shapes. */
function splitVector(vector: Float32Array, like: Weights): Weights {
  let start = 0;
  return new Map(
    [...like].map(([name, { shape, data }]) => {
      const own = vector.slice(start, (start += data.length));
      return [name, { shape, data: own }];
    }),
  );
}

function splitRows(
  { count, length, data }: { count: number; length: number; data: Float32Array },
  like: Weights,
): ExampleGradients {
  let start = 0;
  return new Map(
    [...like].map(([name, tensor]) => {
      const from = start;
      start += tensor.data.length;
      const rows = Array.from({ length: count }, (_, row) =>
        data.subarray(row * length + from, row * length + from + tensor.data.length),
      );
      return [name, rows];
    }),
  );
}

/** The mean of g² over all examples and weights: the mean diagonal of the empirical Fisher. */
const meanDiagonal = (gradients: Float32Array): number =>
  gradients.reduce((sum, value) => sum + value * value, 0) / gradients.length;

const cleared = (weights: Weights, masks: Masks): Weights =>
  new Map(
    [...weights].map(([name, { shape, data }]) => {
      const mask = masks.get(name);
      return [name, { shape, data: mask ? data.map((value, i) => (mask[i] ? 0 : value)) : data }];
    }),
  );

const toWeights = (tensors: NamedTensors): Weights =>
  new Map(
    [...tensors].map(([name, { shape, data }]) => [
      name,
      { shape: [...shape], data: Float32Array.from(data) },
    ]),
  );

function largestDistance(a: NamedTensors, b: NamedTensors): number {
  let largest = 0;
  for (const [name, { data }] of a)
    data.forEach((value: number, i: number) => {
      largest = Math.max(largest, Math.abs(value - b.get(name)!.data[i]!));
    });
  return largest;
}
