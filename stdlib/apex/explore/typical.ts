// Blocks that nobody trained: what a plan is tried on before there is a model. Gradients are normal, and λ is their mean square,
// as a registration has it by default.
import { evaluateFixed } from '../../../compiler/meanings/fixed.ts';
import { formatInterval, fractionOf, type Format } from '../../../compiler/ir/format.ts';
import { toInteger } from '../../../compiler/numbers/rounding.ts';
import { stepCircuit, type StepSpec } from '../circuit/tile.ts';
import { tileInputs, type SecretBlock } from '../circuit/tiles.ts';
import { forms } from '../forms/index.ts';

/** Gradients of a block. */
const examples = 32;
/** Standard deviation of the weights, about that of a trained layer. */
const spread = 0.05;

/** A block of the plan's formats, without secrets worth keeping. `normal` gives standard normal numbers. */
export function typicalBlock(spec: StepSpec, normal: () => number): SecretBlock {
  const { size, formats } = spec;
  const numbers = (count: number, scale = 1): Float64Array =>
    Float64Array.from({ length: count }, () => scale * normal());
  const gradients = Array.from({ length: examples }, () => numbers(size));
  return {
    weights: integers(numbers(size, spread), formats.weights),
    curvature: integers(forms[spec.form].curvature(gradients, 1, spec), formats.curvature),
    salts: [1n, 2n, 3n],
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
  const program = stepCircuit(spec, 1).build();
  const normal = seededNormal(1);
  return Array.from({ length: blocks }, (_, i) => i).every((i) => {
    const mask = new Uint8Array(spec.size);
    mask[i % spec.size] = 1;
    const inputs = tileInputs(spec, 1, 0n, [{ number: i, mask }], [typicalBlock(spec, normal)]);
    return evaluateFixed(program, inputs).findings.length === 0;
  });
}

/** Standard normal numbers by Box and Muller, from a linear congruence. */
function seededNormal(seed: number): () => number {
  let state = seed;
  const uniform = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state + 0.5) / 2 ** 32;
  };
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}
