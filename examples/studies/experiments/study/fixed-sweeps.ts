// Forms, ranks and widths, as they are proved, with their rows.
import { q } from 'lethe';
import type { StepSpec } from '../../../../stdlib/apex/circuit/tile.ts';
import type { FormName } from '../../../../stdlib/apex/index.ts';
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
  const of = (form: FormName, size: number, rank?: number): Point => ({
    label: `${form}, ${size}, ${rank === undefined ? 'full' : `rank ${rank}`}`,
    ...fixed({ form, size, rank, formats: formatsOf(form) }),
  });
  const some = <T>(all: readonly T[], few: readonly T[]): readonly T[] => (long ? all : few);
  return [
    {
      name: 'form',
      title: 'Form and rank of the curvature (fixed point)',
      axis: 'form, size, rank',
      points: [
        of('inverse', 8),
        of('factor', 8),
        of('factor', 8, 4),
        of('factor', 8, 2),
        of('factor', 8, 1),
        ...(long
          ? [
              ...[4, 16, 32].map((size) => of('inverse', size)),
              ...[4, 16, 32].map((size) => of('factor', size)),
              of('factor', 16, 4),
              of('factor', 32, 8),
              of('factor', 64, 8),
              of('factor', 64, 16),
            ]
          : []),
        of('kkt', 8),
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
      title: 'Bits of the weights, in [−4, 4); τ is a unit of the last place (fixed point)',
      axis: 'bits',
      points: some([8, 10, 12, 14, 16, 20, 24], [10, 14, 24]).map((bits) => {
        return { label: `${bits}`, x: bits, ...fixed({ formats: formatsOf(spec.form, bits) }) };
      }),
    },
    {
      name: 'curvature-bits',
      title: 'Bits of the root R in [−1, 1) (fixed point)',
      axis: 'bits',
      points: some([5, 6, 7, 8, 10, 12, 16], [6, 8, 12]).map((bits) => ({
        label: `${bits}`,
        x: bits,
        ...fixed({ formats: { ...spec.formats, curvature: q(bits, bits - 1) } }),
      })),
    },
    {
      name: 'tolerance',
      title: 'Tolerance τ, weights of 24 bits (fixed point)',
      axis: 'τ = 2^−x',
      points: some([8, 12, 14, 16, 18, 20, 21], [12, 16, 20]).map((exponent) => ({
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
