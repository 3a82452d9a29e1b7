// ZK-APEX as the commands run it when nothing is said.
import type { StepSpec } from '../../../../stdlib/apex/circuit/tile.ts';
import { defaults } from '../../../../stdlib/apex/defaults.ts';
import { forms, type FormName, type StepFormats } from '../../../../stdlib/apex/forms/index.ts';
import type { CurvatureOptions } from './curvature.ts';
import type { MaskOptions } from './masks.ts';

const { form, blockSize, weightBits, weightRange, damping } = defaults;

/** The formats of a form, for weights of the default range. */
export const formatsOf = (each: FormName, bits = weightBits): StepFormats =>
  forms[each].formats(bits, weightRange);

export const spec: StepSpec = { form, size: blockSize, formats: formatsOf(form) };

/** How many gradients there are is the client's matter. */
export const curvature: CurvatureOptions = { damping, gradients: 256 };

export const maskFor = (budget: number): MaskOptions => ({
  budget,
  score: defaults.score,
  from: 'global',
});
