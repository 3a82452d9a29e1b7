// Hundreds of programs, in compilations of a hundred, and circuits without commitments at other sizes.
import { expect, test } from 'vitest';
import { compileCircuit } from '../../../../compiler/compile.ts';
import { arbitraryInputs } from '../../../../compiler/testing/index.ts';
import { unlearnedWeights } from '../../../../examples/unlearn-digits/circuit.ts';
import { honestInputs } from '../../../examples/honest-inputs.ts';
import { groupObsKkt } from '../../../stdlib/circuits.ts';
import { expectAgreement } from './agreement.ts';
import { compileTogether } from './noir.ts';
import { supportedPrograms } from './supported.ts';

test.each([11, 12, 13, 14, 15, 16, 17, 18, 19])('random programs, seed %i', async (seed) => {
  const groups = supportedPrograms({ perOp: 4, random: 40, seed });
  const circuits = groups.flatMap(([, group]) => group);
  let [accepted, refused] = [0, 0];
  for (const noir of await compileTogether(circuits.map((circuit) => ({ circuit })))) {
    const inputs = arbitraryInputs(noir.circuit.program);
    const seen = await expectAgreement(noir, inputs, { count: 6, seed });
    accepted += seen.accepted;
    refused += seen.refused;
  }
  expect(accepted).toBeGreaterThan(300);
  expect(refused).toBeGreaterThan(1000);
});

test('Group OBS', async () => {
  const circuits = [
    compileCircuit(groupObsKkt, { blocks: 2, size: 3 }),
    compileCircuit(unlearnedWeights, { blocks: 3, size: 4 }),
  ];
  for (const noir of await compileTogether(circuits.map((circuit) => ({ circuit })))) {
    const inputs = honestInputs(noir.circuit.program);
    const { accepted } = await expectAgreement(noir, inputs, { count: 8, seed: 5 });
    expect(accepted).toBeGreaterThanOrEqual(8);
  }
});
