// Blocks, damping, gradients and masks, in double precision.
import type { Unit } from '../runner/unit.ts';
import type { CurvatureOptions } from './curvature.ts';
import { curvature, maskFor, spec } from './defaults.ts';
import type { MaskOptions } from './masks.ts';
import { apex, maskOnly } from './methods.ts';
import type { Scenario } from './scenario.ts';
import { score, type Score } from './score.ts';
import type { Point, Sweep } from './sweep.ts';

export function floatSweeps(scenario: Scenario, budget: number, long: boolean): Sweep[] {
  const mask = maskFor(budget);
  const float = (blockSize: number, options: Partial<CurvatureOptions> = {}): Unit<Score> =>
    score(scenario, apex(mask, { ...curvature, ...options, blockSize }));
  const masks = (options: Partial<MaskOptions>): Omit<Point, 'label'> => ({
    score: score(scenario, apex({ ...mask, ...options }, { ...curvature, blockSize: spec.size })),
    masked: score(scenario, maskOnly({ ...mask, ...options })),
  });
  const some = <T>(all: readonly T[], few: readonly T[]): readonly T[] => (long ? all : few);
  return [
    {
      name: 'block-size',
      title: 'Size of the Fisher blocks (float)',
      axis: 'weights in a block',
      points: some([4, 8, 16, 32, 64, 128], [8, 32]).map((size) => ({
        label: `${size}`,
        x: size,
        score: float(size),
      })),
    },
    ...some([8, 32], [32]).map((size) => ({
      name: `damping-${size}`,
      title: `Damping, blocks of ${size} (float)`,
      axis: 'λ in multiples of the mean squared gradient',
      points: some([0.01, 0.03, 0.1, 0.3, 1, 3, 10], [0.1, 1, 10]).map((damping) => ({
        label: `${damping}`,
        x: damping,
        score: float(size, { damping }),
      })),
    })),
    ...(long ? [8, 32] : []).map((size) => ({
      name: `gradients-${size}`,
      title: `Number of gradients, blocks of ${size} (float)`,
      axis: "the client's examples with a gradient",
      points: [16, 32, 64, 128, 256, 512].map((gradients) => ({
        label: `${gradients}`,
        x: gradients,
        score: float(size, { gradients }),
      })),
    })),
    ...(long ? [maskFor(budget / 2)] : []).map((half) => ({
      name: 'half-budget',
      title: 'Size of the Fisher blocks at half the budget (float)',
      axis: 'weights in a block',
      points: [8, 16, 32, 64].map((size) => ({
        label: `${size}`,
        x: size,
        score: score(scenario, apex(half, { ...curvature, blockSize: size })),
        masked: score(scenario, maskOnly(half)),
      })),
    })),
    {
      name: 'mask',
      title: `Where the mask comes from (float, blocks of ${spec.size})`,
      axis: 'score and model',
      points: [
        { label: 'saliency of θ_0', ...masks({}) },
        { label: 'ratio of θ_0', ...masks({ score: 'ratio' }) },
        { label: 'saliency of θ_p', ...masks({ from: 'personal' }) },
        { label: 'ratio of θ_p', ...masks({ score: 'ratio', from: 'personal' }) },
        { label: 'random', ...masks({ score: 'random', seed: 1 }) },
      ],
    },
  ];
}
