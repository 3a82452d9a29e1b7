// LoRA: θ_p = W + B A for some matrices W of θ_0, with A [rank, in] and B [out, rank] alone being trained.
import { numpy as np } from '@jax-js/jax';
import { seededRandom } from '../../../unlearn-digits/random.ts';
import { toParameters, type Parameters, type Weights } from '../../../unlearn-digits/weights.ts';
import { fit, type FitSettings, type Phase } from '../learning/fit.ts';
import type { Learner } from '../learning/learner.ts';

export interface Lora {
  readonly learner: Learner;
  readonly weights: Weights;
  /** Names of the matrices with an adapter. */
  readonly adapted: readonly string[];
  readonly rank: number;
  readonly phases: readonly Phase[];
  readonly settings: FitSettings;
}

const [down, up] = ['lora_A', 'lora_B'] as const;

/** The weights with the adapters merged. */
export async function adapt(input: Lora): Promise<Weights> {
  const { learner, weights, adapted, rank, phases, settings } = input;
  const start = adapters(weights, adapted, rank, settings.seed);
  const frozen = toParameters(weights);
  const merged = (trained: Parameters): Parameters => {
    const all: Parameters = {};
    for (const [name, array] of Object.entries(frozen)) all[name] = array.ref;
    for (const name of adapted)
      all[name] = all[name]!.add(np.matmul(trained[`${name}.${up}`]!, trained[`${name}.${down}`]!));
    return all;
  };
  const trained = await fit(learner, start, phases, settings, merged);
  return mergeAdapters(weights, trained, adapted);
}

/** B begins with zeros: the first model is θ_0. */
function adapters(
  weights: Weights,
  adapted: readonly string[],
  rank: number,
  seed: number,
): Weights {
  const random = seededRandom(seed);
  const all: Weights = new Map();
  for (const name of adapted) {
    const [outputs, inputs] = weights.get(name)!.shape as [number, number];
    const spread = 1 / Math.sqrt(inputs);
    const data = Float32Array.from({ length: rank * inputs }, () => spread * random.normal());
    all.set(`${name}.${down}`, { shape: [rank, inputs], data });
    all.set(`${name}.${up}`, { shape: [outputs, rank], data: new Float32Array(outputs * rank) });
  }
  return all;
}

/** W + B A. */
export function mergeAdapters(
  weights: Weights,
  trained: Weights,
  adapted: readonly string[],
): Weights {
  const merged: Weights = new Map(weights);
  for (const name of adapted) {
    const { shape, data } = weights.get(name)!;
    const [outputs, inputs] = shape as [number, number];
    const a = trained.get(`${name}.${down}`)!;
    const b = trained.get(`${name}.${up}`)!.data;
    const rank = a.shape[0]!;
    const after = data.slice();
    for (let row = 0; row < outputs; row++)
      for (let k = 0; k < rank; k++)
        for (let column = 0; column < inputs; column++)
          after[row * inputs + column]! += b[row * rank + k]! * a.data[k * inputs + column]!;
    merged.set(name, { shape, data: after });
  }
  return merged;
}
