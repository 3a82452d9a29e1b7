// Forms, ranks and widths, as they are proved, with their rows.
import { q } from 'lethe';
import type { StepSpec } from '../../../stdlib/apex/circuit/tile.ts';
import { costOf } from './cost.ts';
import type { CurvatureOptions } from './curvature.ts';
import { curvature, formatsOf, maskFor, spec } from './defaults.ts';
import { apexFixed, apexWithin } from './methods.ts';
import type { Scenario } from './scenario.ts';
import { score } from './score.ts';
import type { Point, Sweep } from './sweep.ts';

export function fixedSweeps(scenario: Scenario, budget: number, long: boolean): Sweep[] {
  const fixed = (
    changed: Partial<StepSpec>,
    options: Partial<CurvatureOptions> = {},
  ): Omit<Point, 'label'> => {
    const own = { ...spec, ...changed };
    return {
      score: score(scenario, apexFixed(maskFor(budget), { ...curvature, ...options }, own)),
      cost: costOf(own),
    };
  };
  const some = <T>(all: readonly T[], few: readonly T[]): readonly T[] => (long ? all : few);
  return [
    {
      name: 'form',
      title: 'Form and rank of the curvature (fixed point)',
      axis: 'form, size, rank',
      points: [
        { label: 'factor, 8, full', ...fixed({}) },
        { label: 'factor, 8, rank 4', ...fixed({ rank: 4 }) },
        { label: 'factor, 8, rank 2', ...fixed({ rank: 2 }) },
        { label: 'factor, 8, rank 1', ...fixed({ rank: 1 }) },
        ...(long
          ? [
              { label: 'factor, 4, full', ...fixed({ size: 4 }) },
              { label: 'factor, 16, full', ...fixed({ size: 16 }) },
              { label: 'factor, 16, rank 4', ...fixed({ size: 16, rank: 4 }) },
              { label: 'factor, 32, full', ...fixed({ size: 32 }) },
              { label: 'factor, 32, rank 8', ...fixed({ size: 32, rank: 8 }) },
              { label: 'factor, 64, rank 8', ...fixed({ size: 64, rank: 8 }) },
              { label: 'factor, 64, rank 16', ...fixed({ size: 64, rank: 16 }) },
            ]
          : []),
        {
          label: 'kkt, 8',
          ...fixed({ form: 'kkt', formats: formatsOf('kkt') }),
        },
        {
          label: 'inverse, 8',
          ...fixed({ form: 'inverse', formats: formatsOf('inverse') }),
        },
      ],
    },
    {
      name: 'damping-fixed',
      title: 'Damping, blocks of 8 (fixed point)',
      axis: 'λ in multiples of the mean squared gradient',
      points: some([0.01, 0.03, 0.1, 0.3, 1], [0.1, 0.3, 1]).map((damping) => ({
        label: `${damping}`,
        x: damping,
        ...fixed({}, { damping }),
      })),
    },
    {
      name: 'weight-bits',
      title: 'Bits of the weights, in [−4, 4); τ is 64 units in the last place (fixed point)',
      axis: 'bits',
      points: some([8, 10, 12, 14, 16, 20, 24], [10, 14, 24]).map((bits) => {
        const formats = formatsOf(spec.form, bits);
        return {
          label: `${bits}`,
          x: bits,
          ...fixed({ formats: { ...formats, tolerance: 2 ** (9 - bits) } }),
        };
      }),
    },
    {
      name: 'curvature-bits',
      title: 'Bits of G in [−16, 16) (fixed point)',
      axis: 'bits',
      points: some([5, 6, 7, 8, 10, 12, 16], [6, 8, 12]).map((bits) => ({
        label: `${bits}`,
        x: bits,
        ...fixed({ formats: { ...spec.formats, curvature: q(bits, bits - 5) } }),
      })),
    },
    {
      name: 'tolerance',
      title: 'Tolerance τ, weights of 24 bits (fixed point)',
      axis: 'τ = 2^−x',
      points: some([4, 8, 12, 14, 16, 18, 20], [8, 12, 16]).map((exponent) => ({
        label: `2^−${exponent}`,
        x: exponent,
        ...fixed({ formats: { ...spec.formats, tolerance: 2 ** -exponent } }),
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
