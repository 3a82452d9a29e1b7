// Block sizes, widths and tolerances, as they are proved, with their rows.
import { costOf } from './cost.ts';
import type { CurvatureOptions } from './curvature.ts';
import { curvature, maskFor, spec, specOf } from './defaults.ts';
import { apexFixed, apexWithin } from './methods.ts';
import type { Scenario } from './scenario.ts';
import { score } from './score.ts';
import type { Point, Sweep } from './sweep.ts';

export function fixedSweeps(scenario: Scenario, budget: number, long: boolean): Sweep[] {
  const fixed = (
    changed: Parameters<typeof specOf>[0],
    options: Partial<CurvatureOptions> = {},
  ): Omit<Point, 'label'> => {
    const own = specOf(changed);
    return {
      score: score(scenario, apexFixed(maskFor(budget), { ...curvature, ...options }, own)),
      cost: costOf(own),
    };
  };
  const some = <T>(all: readonly T[], few: readonly T[]): readonly T[] => (long ? all : few);
  return [
    {
      name: 'block-size-fixed',
      title: 'Size of the Fisher blocks (fixed point)',
      axis: 'weights in a block',
      points: some([8, 16, 32, 48, 64], [8, 32]).map((size) => ({
        label: `${size}`,
        x: size,
        ...fixed({ size }),
      })),
    },
    {
      name: 'damping-fixed',
      title: `Damping, blocks of ${spec.size} (fixed point)`,
      axis: 'λ in multiples of the mean squared gradient',
      points: some([0.01, 0.03, 0.1, 0.3, 1], [0.1, 0.3, 1]).map((damping) => ({
        label: `${damping}`,
        x: damping,
        ...fixed({}, { damping }),
      })),
    },
    {
      name: 'weight-bits',
      title: 'Bits of the weights, in [−4, 4); τ is a unit of the last place (fixed point)',
      axis: 'bits',
      points: some([8, 10, 12, 14, 16, 20, 24], [10, 14, 24]).map((weightBits) => ({
        label: `${weightBits}`,
        x: weightBits,
        ...fixed({ weightBits }),
      })),
    },
    {
      name: 'tolerance',
      title: 'Tolerance τ, weights of 24 bits (fixed point)',
      axis: 'τ = 2^−x',
      points: some([8, 12, 14, 16, 18, 20, 21], [12, 16, 20]).map((exponent) => ({
        label: `2^−${exponent}`,
        x: exponent,
        ...fixed({ tolerance: 2 ** -exponent }),
      })),
    },
    ...(long ? [spec.size] : []).map((blockSize) => ({
      name: 'epsilon',
      title: 'What ε of a block is worth: the float step, moved as far in a random direction',
      axis: 'ε of a block',
      points: [0.001, 0.01, 0.03, 0.1, 0.3, 1].map((distance) => ({
        label: `${distance}`,
        x: distance,
        score: score(scenario, apexWithin(maskFor(budget), { ...curvature, blockSize }, distance)),
      })),
    })),
  ];
}
