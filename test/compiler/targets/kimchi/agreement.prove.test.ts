// At least 200 witnesses of random programs over every op and of the examples: checker and prover agree on each.
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { compileCircuit } from '../../../../compiler/compile.ts';
import { countRows, totalRows } from '../../../../compiler/constraints/rows.ts';
import { lower } from '../../../../compiler/meanings/circuit.ts';
import { arbitraryInputs } from '../../../../compiler/testing/index.ts';
import { examples } from '../../../examples/circuits.ts';
import { programs } from '../../ops/programs.ts';
import { expectAgreement } from './agreement.ts';

const seen = { accepted: 0, refused: 0 };

async function agree(...args: Parameters<typeof expectAgreement>): Promise<void> {
  const { accepted, refused } = await expectAgreement(...args);
  seen.accepted += accepted;
  seen.refused += refused;
}

describe.each(Object.entries(programs))('%s', (_, arbitrary) => {
  test('random programs', async () => {
    const candidates = fc.sample(arbitrary, { numRuns: 20, seed: 11 }).map(lower);
    const provable = candidates.filter(({ system }) => totalRows(countRows(system)) >= 2);
    for (const circuit of provable.slice(0, 2))
      await agree(circuit, arbitraryInputs(circuit.program), { count: 3, seed: 5 });
  });
});

test.each(examples)('example $name', async ({ circuit, small, inputs }) => {
  const compiled = compileCircuit(circuit, small);
  await agree(compiled, inputs(compiled.program), { count: 4, seed: 3 });
});

afterAll(() => {
  expect(seen.accepted).toBeGreaterThanOrEqual(60);
  expect(seen.refused).toBeGreaterThanOrEqual(60);
  expect(seen.accepted + seen.refused).toBeGreaterThanOrEqual(200);
});
