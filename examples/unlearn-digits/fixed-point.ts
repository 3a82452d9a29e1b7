/**
 * The unlearning step in fixed point over all touched blocks: the circuit's own integer meaning, so that these are
 * exactly the weights that a proof would be about.
 */
import { LetheError } from 'lethe';
import { bindInputs } from '../../compiler/inputs/bind.ts';
import { fractionOf } from '../../compiler/ir/format.ts';
import { portsOf } from '../../compiler/ir/ports.ts';
import { evaluateFixed } from '../../compiler/meanings/fixed.ts';
import { toReal } from '../../compiler/numbers/rounding.ts';
import type { NamedTensors } from '../../stdlib/apex/reference/index.ts';
import { blockTensors, type TouchedBlock } from './blocks.ts';
import { unlearnedWeights } from './circuit.ts';

/** The weights after the step, [blocks · d], from the circuit evaluated on `blocks`. Throws a LetheError. */
export function unlearnFixed(blocks: readonly TouchedBlock[], size: number): Float64Array {
  const program = unlearnedWeights.build({ blocks: blocks.length, size });
  const { fixed } = bindInputs(program, blockTensors(blocks));
  const { values, findings } = evaluateFixed(program, fixed);
  if (findings.length > 0) throw new LetheError(findings);
  const output = portsOf(program).find(({ name }) => name === 'unlearned')!;
  const fraction = fractionOf(output.type.format);
  return Float64Array.from(values[output.line]!, (value) => toReal(value, fraction));
}

/** A copy of the tensors with the entries of some blocks replaced by `entries`, [blocks · d]. */
export function replaceBlocks(
  tensors: NamedTensors,
  blocks: readonly TouchedBlock[],
  entries: Float64Array,
): Map<string, { shape: number[]; data: Float32Array }> {
  const replaced = new Map(
    [...tensors].map(([name, { shape, data }]) => [
      name,
      { shape: [...shape], data: Float32Array.from(data) },
    ]),
  );
  blocks.forEach(({ block }, i) => {
    const own = entries.subarray(i * block.size, i * block.size + block.length);
    replaced.get(block.tensor)!.data.set(own, block.start);
  });
  return replaced;
}
