// The size of the forget set: how much of it the provider has gradients of, and how much of it there is.
import type { MaskOptions } from './masks.ts';
import { curvature, maskFor, spec } from './defaults.ts';
import { apex, before, maskOnly } from './methods.ts';
import type { Scenario } from './scenario.ts';
import { score } from './score.ts';
import { sample } from './statistics.ts';
import type { Point, Sweep } from './sweep.ts';

const masked = (scenario: Scenario, mask: MaskOptions): Omit<Point, 'label'> => ({
  score: score(scenario, apex(mask, { ...curvature, blockSize: spec.size })),
  masked: score(scenario, maskOnly(mask)),
});

/** The same D_f and budget; the mask is chosen by the gradients of the first of its examples. */
export function examplesSweep(scenario: Scenario, budget: number, long: boolean): Sweep {
  const counts = long ? [3, 10, 30, 100, 300, sample] : [10, 100, sample];
  return {
    name: 'forget-examples',
    title: `Examples of D_f that the mask is chosen by, at most (float, blocks of ${spec.size})`,
    axis: 'examples of D_f with a gradient',
    points: counts.map((examples) => ({
      label: `${examples}`,
      x: examples,
      ...masked(scenario, {
        ...maskFor(budget),
        // As the table has it, and not once more.
        ...(examples === sample ? {} : { examples }),
      }),
    })),
  };
}

/** The same models and budget; `sized` makes the scenario with a forget set of so many examples. */
export function sizeSweep(
  sized: (examples: number) => Scenario,
  sizes: readonly number[],
  budget: number,
): Sweep {
  return {
    name: 'forget-size',
    title: `Size of the forget set (float, blocks of ${spec.size})`,
    axis: 'examples to be forgotten',
    points: sizes.map((size) => ({
      label: `${size}`,
      x: size,
      before: score(sized(size), before),
      ...masked(sized(size), maskFor(budget)),
    })),
  };
}
