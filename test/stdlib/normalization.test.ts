// Rows that an honest prover may have: without `least` none is refused.
import { expect, test } from 'vitest';
import { compileCircuit } from '../../compiler/compile.ts';
import { evaluateFixed } from '../../compiler/meanings/fixed.ts';
import { circuit, q } from '../../dsl/index.ts';
import { layerNorm, rmsNorm } from '../../stdlib/index.ts';

test.each([1e-5, 3e-5, 2 ** -10])('a row of zeros with ε = %d', (epsilon) => {
  const { program } = compileCircuit(
    circuit('zeros', {}, (c) => {
      const x = c.secret('x', q(16, 12), [8]);
      rmsNorm(x, { epsilon, format: q(20, 12) }).expose('rms');
      layerNorm(x, { epsilon, format: q(20, 12) }).expose('layer');
    }),
  );
  const zeros = new Array<bigint>(8).fill(0n);
  const { values, findings } = evaluateFixed(program, new Map([['x', zeros]]));
  expect(findings).toEqual([]);
  const outputs = program.lines.filter(({ op }) => op === 'expose');
  expect(outputs.map((line) => values[line.arguments[0]!])).toEqual([zeros, zeros]);
});
