// Inputs for a tile that nobody trained: weights and gradients from a seed, and the touched blocks of a mask.
import type { InputValues } from '../../compiler/constraints/witness.ts';
import { fractionOf, type Format } from '../../compiler/ir/format.ts';
import { toInteger } from '../../compiler/numbers/rounding.ts';
import type { StepSpec } from '../../stdlib/apex/circuit/tile.ts';
import { tileInputs, type SecretBlock } from '../../stdlib/apex/circuit/tiles.ts';
import type { TouchedBlock } from '../../stdlib/apex/documents/mask.ts';
import { forms } from '../../stdlib/apex/forms/index.ts';
import { seededRandom, type Random } from '../unlearn-digits/random.ts';

/** Gradients of a block; λ is their mean square, as a registration has it by default. */
const examples = 32;
const damping = 1;
/** Standard deviation of the weights, about that of a trained layer. */
const spread = 0.05;

export function generatedInputs(
  spec: StepSpec,
  blocks: number,
  touched: readonly TouchedBlock[],
  seed = 8,
): InputValues {
  const random = seededRandom(seed);
  const own = touched.slice(0, blocks);
  const secrets = own.map(() => generatedBlock(spec, random));
  return tileInputs(spec, blocks, 1n, own, secrets);
}

function generatedBlock(spec: StepSpec, random: Random): SecretBlock {
  const { size, formats } = spec;
  const numbers = (count: number, scale = 1): Float64Array =>
    Float64Array.from({ length: count }, () => scale * random.normal());
  const gradients = Array.from({ length: examples }, () => numbers(size));
  return {
    weights: integers(numbers(size, spread), formats.weights),
    curvature: integers(forms[spec.form].curvature(gradients, damping, spec), formats.curvature),
    salts: [1n, 2n, 3n],
  };
}

const integers = (values: Float64Array, format: Format): number[] =>
  Array.from(values, (value) => Number(toInteger(value, fractionOf(format))));
