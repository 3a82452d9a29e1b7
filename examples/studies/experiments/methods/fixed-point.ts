// The step as it is proved: weights and root rounded to the plan's formats, and the exact definition of the unlearned weights on
// each touched block.
import { formatInterval, fractionOf, type Format } from '../../../../compiler/ir/format.ts';
import { toInteger, toReal } from '../../../../compiler/numbers/rounding.ts';
import {
  blockEntries,
  blockGradients,
  tensorBlocks,
  type ExampleGradients,
  type Masks,
} from '../../../../stdlib/apex/reference/index.ts';
import {
  checkProvable,
  registeredBlock,
  rootFormat,
  solveMultipliers,
  unlearnedBlock,
  type StepSpec,
} from '../../../../stdlib/apex/step/index.ts';
import type { Weights } from '../../../unlearn-digits/weights.ts';

export interface FixedStep {
  readonly weights: Weights;
  readonly masks: Masks;
  readonly gradients: ExampleGradients;
  /** λ. */
  readonly damping: number;
  readonly spec: StepSpec;
}

export interface FixedResult {
  readonly weights: Weights;
  readonly touched: number;
  /** Weights outside their format, which a registration refuses; here the nearest that fits is taken. */
  readonly clipped: number;
}

export function unlearnFixed({ weights, masks, gradients, damping, spec }: FixedStep): FixedResult {
  const unit = fractionOf(spec.weights);
  const after: Weights = new Map(weights);
  let [touched, clipped] = [0, 0];
  const round = (values: Float64Array, format: Format): number[] => {
    const { low, high } = formatInterval(format);
    const [least, most] = [Number(low), Number(high)];
    return Array.from(values, (value) => {
      const integer = Number(toInteger(value, fractionOf(format)));
      if (integer < least || integer > most) clipped++;
      return Math.min(most, Math.max(least, integer));
    });
  };
  for (const [tensor, mask] of masks) {
    const { shape, data } = weights.get(tensor)!;
    const changed = Float32Array.from(data);
    after.set(tensor, { shape, data: changed });
    for (const block of tensorBlocks({ tensor, shape, blockSize: spec.size })) {
      const bits = blockEntries(mask, block);
      const live = [...bits.keys()].filter((entry) => bits[entry] === 1);
      if (live.length === 0) continue;
      touched++;
      const registered = registeredBlock(spec, {
        weights: blockEntries(data, block),
        gradients: blockGradients(gradients.get(tensor)!, block),
        damping,
        dead: [],
      });
      const held = {
        weights: Int32Array.from(round(registered.weights, spec.weights)),
        root: Int16Array.from(round(registered.root, rootFormat)),
      };
      const problem = checkProvable(spec, held);
      if (problem !== undefined) throw new Error(`block ${block.index} of ${tensor}: ${problem}`);
      const multipliers = solveMultipliers(spec, held, live);
      unlearnedBlock(spec, held, { live, dead: [], multipliers }).forEach((integer, i) => {
        changed[block.start + i] = toReal(BigInt(integer), unit);
      });
    }
  }
  return { weights: after, touched, clipped };
}
