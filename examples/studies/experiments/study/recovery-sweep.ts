// What brings more of the client's accuracy back, and what of the forgotten comes back with it: budget, blocks, λ, gradients.
import { curvature, maskFor } from './defaults.ts';
import { apex, maskOnly } from './methods.ts';
import type { Scenario } from './scenario.ts';
import { score } from './score.ts';
import { clientGradientCount } from './statistics.ts';
import type { Sweep } from './sweep.ts';

export function recoverySweep(scenario: Scenario, budgets: readonly number[]): Sweep {
  const steps = [
    ...[8, 32, 64].map((blockSize) => ({ ...curvature, blockSize })),
    { damping: curvature.damping / 3, gradients: clientGradientCount, blockSize: 64 },
  ];
  return {
    name: 'recovery',
    title: 'What brings more back (float)',
    axis: 'budget, weights in a block, λ, gradients',
    points: budgets.flatMap((budget) =>
      steps.map((step) => ({
        label: `${100 * budget} %, ${step.blockSize}, ${step.damping.toPrecision(1)}, ${step.gradients}`,
        score: score(scenario, apex(maskFor(budget), step)),
        masked: score(scenario, maskOnly(maskFor(budget))),
      })),
    ),
  };
}
