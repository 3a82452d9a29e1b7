// Every integer of small formats through roundings, narrowings and bounds: accepted just where the fixed meaning exists.
import { describe, expect, test } from 'vitest';
import { evaluateFixed } from '../../../../../compiler/meanings/fixed.ts';
import { lower, type LoweredProgram } from '../../../../../compiler/meanings/circuit.ts';
import { circuit, q, u, type CircuitBuilder } from '../../../../../dsl/index.ts';
import { compiledLater } from '../together.ts';

const build = (describeIt: (c: CircuitBuilder) => void): LoweredProgram =>
  lower(circuit('exhausted', {}, describeIt).build());

export const roundings = [
  build((c) => c.secret('x', q(6, 3)).rescale(q(4, 0)).expose('y')),
  build((c) => c.secret('x', u(5, 4)).rescale(u(3, 1)).expose('y')),
  build((c) => c.secret('x', q(5, 2)).rescale(u(3, 0)).expose('y')),
  // Rounds to [−11, 21], of which [−11, 15] fit: no end of a number of bits.
  build((c) => c.secret('x', q(6, 3)).add(1.25).rescale(q(5, 2)).expose('y')),
];

const narrowings = [
  build((c) => c.secret('x', q(6, 3)).rescale(q(4, 3)).expose('y')),
  build((c) => c.secret('x', q(5, 2)).rescale(u(3, 2)).expose('y')),
];

const bounds = [
  [-3, 4],
  [-16, 5],
  [-3, 15],
  [-4, 3],
  [2, 2],
  [-100, 7],
].map(([low, high]) =>
  build((c) => {
    const x = c.secret('x', q(5, 0));
    x.assertWithin({ low: low!, high: high! });
    x.expose('y');
  }),
);

describe.each([
  ['rescale', roundings],
  ['rescale without rounding', narrowings],
  ['assert-within', bounds],
])('%s', (_, circuits) => {
  const compiled = circuits.map((each) => compiledLater({ circuit: each }));

  test('every x', async () => {
    for (const [i, noir] of compiled.entries()) {
      const { circuit: lowered, execute, abi } = noir();
      const { line } = abi.outputs[0]!;
      const { low, high } = lowered.ranges[0]![0]!;
      for (let x = low; x <= high; x++) {
        const { values, findings } = evaluateFixed(lowered.program, new Map([['x', [x]]]));
        const expected = findings.length === 0 ? values[line] : undefined;
        const result = await execute(new Map([[0, [x]]]));
        expect(result?.get(line), `case ${i}, x = ${x}`).toEqual(expected);
      }
    }
  });
});
