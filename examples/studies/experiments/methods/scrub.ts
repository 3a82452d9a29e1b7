// SCRUB (Kurmanji et al., 2023), one epoch, with the model before as teacher p and the model after as student q:
// a pass over D_f that raises KL(p ‖ q), then one over D_p that lowers α KL(p ‖ q) + γ · loss. Up to a constant both are
// cross-entropies: with targets −p, and with α p + γ · label.
import type { Weights } from '../../../unlearn-digits/weights.ts';
import { oneHot, type Examples } from '../learning/examples.ts';
import { fit } from '../learning/fit.ts';
import type { Learner } from '../learning/learner.ts';
import { predict } from '../learning/predict.ts';

export interface Scrub {
  readonly learner: Learner;
  readonly weights: Weights;
  readonly forget: Examples;
  readonly personal: Examples;
  readonly seed: number;
  readonly rate: number;
}

/** α and γ of the authors. */
const [distilled, labelled] = [0.5, 0.99];

export async function scrub(input: Scrub): Promise<Weights> {
  const { learner, weights, forget, personal, seed, rate } = input;
  const away = (await predict(learner, weights, forget)).map((log) => -Math.exp(log));
  const teacher = await predict(learner, weights, personal);
  const labels = oneHot(personal, learner.classes);
  const towards = teacher.map((log, i) => distilled * Math.exp(log) + labelled * labels[i]!);
  return fit(
    learner,
    weights,
    [
      { set: forget, targets: away, epochs: 1 },
      { set: personal, targets: towards, epochs: 1 },
    ],
    { seed, rate, batchSize: 32 },
  );
}
