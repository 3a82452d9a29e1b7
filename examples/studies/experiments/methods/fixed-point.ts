// The step as it is proved: weights and curvature rounded to the plan's formats, and the integer meaning of the circuit's
// own step on each touched block.
import { formatInterval, fractionOf, type Format } from '../../../../compiler/ir/format.ts';
import { portsOf } from '../../../../compiler/program/ports.ts';
import { evaluateFixed } from '../../../../compiler/meanings/fixed.ts';
import { toInteger, toReal } from '../../../../compiler/numbers/rounding.ts';
import { ports, stepCircuit, type StepSpec } from '../../../../stdlib/apex/circuit/tile.ts';
import { stepInputs } from '../../../../stdlib/apex/circuit/tiles.ts';
import { forms } from '../../../../stdlib/apex/forms/index.ts';
import {
  blockEntries,
  blockGradients,
  tensorBlocks,
  type ExampleGradients,
  type Masks,
} from '../../../../stdlib/apex/reference/index.ts';
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
  /** Touched blocks that the honest prover cannot prove: their residuals exceed τ. Their weights are cleared only. */
  readonly refused: number;
  /** Numbers outside their format, which a registration refuses; here the nearest that fits is taken. */
  readonly clipped: number;
}

export function unlearnFixed({ weights, masks, gradients, damping, spec }: FixedStep): FixedResult {
  const { size, formats } = spec;
  const program = stepCircuit(spec, 1).build();
  const output = portsOf(program).find(({ name }) => name === ports.unlearned)!.line;
  const unit = fractionOf(formats.weights);
  const after: Weights = new Map(weights);
  let [touched, refused, clipped] = [0, 0, 0];
  const round = (values: Float64Array, format: Format): Int32Array => {
    const { low, high } = formatInterval(format);
    const [least, most] = [Number(low), Number(high)];
    return Int32Array.from(values, (value) => {
      const integer = Number(toInteger(value, fractionOf(format)));
      if (integer < least || integer > most) clipped++;
      return Math.min(most, Math.max(least, integer));
    });
  };
  for (const [tensor, mask] of masks) {
    const { shape, data } = weights.get(tensor)!;
    const changed = Float32Array.from(data);
    after.set(tensor, { shape, data: changed });
    for (const block of tensorBlocks({ tensor, length: data.length, blockSize: size })) {
      const bits = Uint8Array.from(blockEntries(mask, block));
      if (!bits.includes(1)) continue;
      touched++;
      const rows = blockGradients(gradients.get(tensor)!, block);
      const secret = {
        weights: round(blockEntries(data, block), formats.weights),
        curvature: round(forms[spec.form].curvature(rows, damping, spec), formats.curvature),
      };
      const inputs = stepInputs([{ mask: bits, ...secret }]);
      const { values, findings } = evaluateFixed(program, inputs);
      if (findings.length > 0) refused++;
      for (let i = 0; i < block.length; i++)
        if (findings.length === 0) changed[block.start + i] = toReal(values[output]![i]!, unit);
        else if (bits[i]) changed[block.start + i] = 0;
    }
  }
  return { weights: after, touched, refused, clipped };
}
