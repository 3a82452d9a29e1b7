// ZK-APEX as the commands run it when nothing is said.
import { defaults } from '../../../../stdlib/apex/defaults.ts';
import { makeSpec, type StepSpec } from '../../../../stdlib/apex/step/index.ts';
import type { CurvatureOptions } from './curvature.ts';
import type { MaskOptions } from './masks.ts';

const { blockSize, weightRange, damping } = defaults;

/** The step with other choices than the default ones; weights keep the default range. */
export const specOf = (changed: {
  readonly size?: number;
  readonly weightBits?: number;
  readonly tolerance?: number;
}): StepSpec =>
  makeSpec({ size: blockSize, weightBits: defaults.weightBits, weightRange, ...changed });

export const spec = specOf({});

/** How many gradients there are is the client's matter. */
export const curvature: CurvatureOptions = { damping, gradients: 256 };

export const maskFor = (budget: number): MaskOptions => ({
  budget,
  score: defaults.score,
  from: 'global',
});
