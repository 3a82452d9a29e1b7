// Reshapes in which no axis stays: positions are worked out from indices, and indices from positions.
import { expect, test } from 'vitest';
import { evaluateFixed } from '../../../../../compiler/meanings/fixed.ts';
import { lower } from '../../../../../compiler/meanings/circuit.ts';
import { circuit, q } from '../../../../../dsl/index.ts';
import { compiledLater } from '../together.ts';

const shapes = [[24], [4, 3, 2], [6, 4], [1, 2, 12], [2, 1, 3, 4], [12, 2, 1], [24]];
const compiled = lower(
  circuit('reshape', {}, (c) => {
    let x = c.secret('x', q(12, 0), [2, 3, 4]);
    shapes.forEach((shape, i) => (x = x.reshape(shape)).expose(`y${i}`));
  }).build(),
);
const noir = compiledLater({ circuit: compiled });

test('elements keep their order', async () => {
  const x = Array.from({ length: 24 }, (_, i) => BigInt(i));
  const { values } = evaluateFixed(compiled.program, new Map([['x', x]]));
  const result = await noir().execute(new Map([[0, x]]));
  for (const { line } of noir().abi.outputs) expect(result!.get(line)).toEqual(values[line]);
});
