// Blocks that nobody trained: what a plan is tried on before there is a model. Gradients are normal, and λ is their mean square,
// as a registration has it by default.
import { formatInterval, fractionOf, type Format } from '../../../compiler/ir/format.ts';
import { toInteger } from '../../../compiler/numbers/rounding.ts';
import { stepEvaluator } from '../circuit/evaluate-step.ts';
import type { StepSpec } from '../circuit/tile.ts';
import type { StepBlock } from '../circuit/tiles.ts';
import { defaults } from '../defaults.ts';
import { forms } from '../forms/index.ts';
import { seededNormal } from './seeded.ts';

/** Gradients of a block. */
const examples = 32;
/** Standard deviation of the weights, about that of a trained layer. */
const spread = 0.05;

/** A block of the plan's formats under a mask. `normal` gives standard normal numbers. */
export function typicalBlock(spec: StepSpec, mask: Uint8Array, normal: () => number): StepBlock {
  const { size, formats } = spec;
  const numbers = (count: number, scale = 1): Float64Array =>
    Float64Array.from({ length: count }, () => scale * normal());
  const gradients = Array.from({ length: examples }, () => numbers(size));
  const curvature = forms[spec.form].curvature(gradients, defaults.damping, spec);
  return {
    mask,
    weights: integers(numbers(size, spread), formats.weights),
    curvature: integers(curvature, formats.curvature),
  };
}

/** Rounded into the format; what is past its ends is cut off. */
function integers(values: Float64Array, format: Format): number[] {
  const { low, high } = formatInterval(format);
  return Array.from(values, (value) => {
    const integer = toInteger(value, fractionOf(format));
    return Number(integer < low ? low : integer > high ? high : integer);
  });
}

/** Whether the step takes some typical blocks, each with a masked weight: a tolerance below the rounding does not. */
export function takesTypicalBlocks(spec: StepSpec, blocks = 4): boolean {
  const evaluate = stepEvaluator(spec);
  const normal = seededNormal(1);
  return Array.from({ length: blocks }, (_, i) => i).every((i) => {
    const mask = new Uint8Array(spec.size);
    mask[i % spec.size] = 1;
    return evaluate(typicalBlock(spec, mask, normal)).claim !== undefined;
  });
}
