// The mask of a scenario, and the gradients that it is chosen by.
import type { Masks } from '../../../../stdlib/apex/reference/index.ts';
import { chooseMask, randomMask } from '../methods/mask.ts';
import type { Results, Unit } from '../runner/unit.ts';
import type { Scenario } from './scenario.ts';
import { statistics } from './statistics.ts';

/** How the provider chooses the mask. */
export interface MaskOptions {
  readonly budget: number;
  /** `random` is no choice of the protocol: it shows what masking as many weights costs by itself. */
  readonly score: 'saliency' | 'ratio' | 'random';
  /** The model that scores are of; the protocol knows θ_0 alone. */
  readonly from: 'global' | 'personal';
  /** Of D_f, whose gradients are taken; as many as statistics take when left out. */
  readonly examples?: number;
  /** Of a random mask; 1 when left out. */
  readonly seed?: number;
}

export function maskUnits(
  scenario: Scenario,
  { score, from, examples }: MaskOptions,
): readonly Unit<unknown>[] {
  if (score === 'random') return [scenario[from]];
  return [
    scenario[from],
    statistics(scenario, from, 'forget', examples),
    ...(score === 'ratio' ? [statistics(scenario, from, 'retained')] : []),
  ];
}

export async function maskOf(
  scenario: Scenario,
  { budget, score, from, examples, seed = 1 }: MaskOptions,
  results: Results,
): Promise<Masks> {
  const weights = await results(scenario[from]);
  if (score === 'random')
    return randomMask({ weights, scope: scenario.learner.scope, budget, seed });
  return chooseMask({
    weights,
    forget: await results(statistics(scenario, from, 'forget', examples)),
    ...(score === 'ratio'
      ? { retained: await results(statistics(scenario, from, 'retained')) }
      : {}),
    budget,
  });
}
