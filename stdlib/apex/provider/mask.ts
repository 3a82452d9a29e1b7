// The mask of one window (eq. 9, 15): the weights of θ_0 whose deletion costs the forget set most, k of them over the scope.
import { fail } from '../../../compiler/diagnostics/diagnostic.ts';
import { packMask, type Mask } from '../documents/mask.ts';
import { planDigest, type Plan } from '../documents/plan.ts';
import {
  checkScope,
  readMatrix,
  weightCount,
  type ForgetStatistics,
  type MatrixStatistics,
  type Model,
} from '../model/index.ts';
import {
  ratioScores,
  saliencyScores,
  topKMasks,
  type LossStatistics,
  type NamedTensors,
} from '../reference/index.ts';
import type { Score } from '../score.ts';
import { silent, type Report } from '../report.ts';

export interface MaskOptions {
  readonly plan: Plan;
  /** θ_0. */
  readonly model: Model;
  readonly statistics: ForgetStatistics;
  readonly score: Score;
  /** The fraction of the weights in scope, above 0 and below 1. */
  readonly budget: number;
  /** Added to the diagonal Fisher. */
  readonly damping: number;
  readonly report?: Report;
}

/** Throws `bad-budget`, `no-retained`, or of reading. */
export async function chooseMask(options: MaskOptions): Promise<Mask> {
  const { plan, model, statistics, score, budget, damping, report = silent } = options;
  const { scope } = plan;
  checkScope(model, scope);
  const masked = Math.round(budget * weightCount(scope));
  if (!(budget > 0 && budget < 1) || masked < 1)
    fail(
      'bad-budget',
      `a budget of ${budget} masks ${masked} of ${weightCount(scope)} weights`,
      'give the fraction to mask, e.g. --budget 0.04',
    );
  if (score === 'ratio' && !statistics.retained)
    fail(
      'no-retained',
      'the file of statistics has none of retained data',
      'add them, or use --score saliency',
    );
  const scores = new Map<string, NamedTensors extends ReadonlyMap<string, infer T> ? T : never>();
  for (const [i, tensor] of scope.tensors.entries()) {
    const weights = new Map([[tensor.name, await readMatrix(model, tensor)]]);
    const forget = lossStatistics(tensor.name, await statistics.read(tensor), damping);
    const own =
      score === 'saliency'
        ? saliencyScores({ weights, ...forget })
        : ratioScores({
            weights,
            forget,
            retained: lossStatistics(tensor.name, await statistics.readRetained(tensor), damping),
          });
    scores.set(tensor.name, own.get(tensor.name)!);
    report({ phase: 'scores', done: i + 1, total: scope.tensors.length });
  }
  const masks = topKMasks({ scores, k: masked });
  return { plan: planDigest(plan), score, budget, masked, bits: packMask(scope, masks) };
}

const lossStatistics = (
  name: string,
  { mean, fisher }: MatrixStatistics,
  damping: number,
): LossStatistics => ({
  gradient: new Map([[name, mean]]),
  curvature: new Map([
    [name, { ...fisher, data: Float64Array.from(fisher.data, (value) => value + damping) }],
  ]),
});
