// Noir against the exact integer meaning: the same outputs where it has a value, refused where it has none, and refused
// where an input, an output or a choice is changed.
import fc from 'fast-check';
import type { BoundInputs } from '../../../../compiler/inputs/bind.ts';
import { formatInterval } from '../../../../compiler/ir/format.ts';
import { sizeOf } from '../../../../compiler/ir/shape.ts';
import { evaluateFixed } from '../../../../compiler/meanings/fixed.ts';
import type { Port } from '../../../../compiler/targets/noir/abi.ts';
import type { NoirCircuit, Tensors } from './noir.ts';

export interface Agreement {
  readonly accepted: number;
  readonly refused: number;
}

/** Throws an Error where Noir and the fixed meaning differ. */
export async function expectAgreement(
  noir: NoirCircuit,
  inputs: fc.Arbitrary<BoundInputs>,
  { count, seed }: { readonly count: number; readonly seed: number },
): Promise<Agreement> {
  let [accepted, refused] = [0, 0];
  const samples = fc.sample(inputs, { numRuns: count, seed }).map(({ fixed }) => fixed);
  // Zeros fit every format, and most assertions.
  const zeros = new Map([...(samples[0] ?? [])].map(([name, x]) => [name, x.map(() => 0n)]));
  for (const fixed of [zeros, ...samples]) {
    const { values, findings } = evaluateFixed(noir.circuit.program, fixed);
    const { choices, outputs } = noir.abi;
    // Where the honest prover has no solution, some other might be accepted: nothing is claimed.
    if (choices.some(({ line }) => values[line] === undefined)) continue;
    const tensors: Tensors = new Map(
      values.flatMap((value, line) => (value ? [[line, value]] : [])),
    );
    const result = await noir.execute(tensors);
    if (findings.length > 0) {
      if (result) throw new Error(`accepted, but ${findings[0]!.message}`);
      refused++;
      continue;
    }
    if (!result) throw new Error('refused, but the fixed meaning exists');
    for (const { line, of } of outputs)
      if (String(result.get(line)) !== String(values[line]))
        throw new Error(`${of}: Noir ${result.get(line)}, fixed ${values[line]}`);
    accepted++;
    refused += await expectRefusals(noir, tensors);
  }
  return { accepted, refused };
}

/** Integers past the ends of inputs and choices, and outputs that are one off. */
async function expectRefusals(noir: NoirCircuit, honest: Tensors): Promise<number> {
  const { inputs, choices, outputs } = noir.abi;
  let refused = 0;
  const expectRefused = async (what: string, changed: Tensors, claimed?: Tensors) => {
    if (await noir.execute(changed, claimed)) throw new Error(`accepted: ${what}`);
    refused++;
  };
  for (const port of [...inputs, ...choices]) {
    const { low, high } = formatInterval(port.type.format);
    for (const outside of [low - 1n, high + 1n])
      await expectRefused(
        `${port.name} = ${outside}`,
        withElement(honest, port, () => outside),
      );
  }
  for (const port of outputs) {
    const wrong = withElement(honest, port, (x) => x + 1n);
    await expectRefused(`${port.name} one more than it is`, honest, wrong);
  }
  return refused;
}

/** One element of a tensor changed: the last, which a loop that ends early would miss. */
export function withElement(tensors: Tensors, { line, type }: Port, change: (x: bigint) => bigint) {
  const at = sizeOf(type.shape) - 1;
  const values = tensors.get(line)!.map((x, i) => (i === at ? change(x) : x));
  return new Map([...tensors, [line, values]]);
}
