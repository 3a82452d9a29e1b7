// A dozen witnesses; agreement.prove.test.ts tries hundreds. A few dishonest ones stand in proof.test.ts.
import { expect, test } from 'vitest';
import { compileCircuit } from '../../../../compiler/compile.ts';
import { arbitraryInputs } from '../../../../compiler/testing/index.ts';
import { bit, circuit, field, q } from '../../../../dsl/index.ts';
import { commit } from '../../../../stdlib/index.ts';
import { expectAgreement } from './agreement.ts';

const count = 6;

test('checker and prover agree on honest and on tampered witnesses', async () => {
  const small = circuit('agreement', {}, (c) => {
    const x = c.secret('x', q(12, 4), [2]);
    const y = c.public('mask', bit, [2]).select(0, x.mul(x)).rescale(q(24, 4));
    commit(y, { salts: c.secret('salt', field, [1]) }).expose('commitment');
    y.expose('y');
  });
  const circuitOf = compileCircuit(small);
  const { accepted, refused } = await expectAgreement(
    circuitOf,
    arbitraryInputs(circuitOf.program),
    { count, seed: 7 },
  );
  expect(accepted).toBeGreaterThanOrEqual(count);
  expect(refused).toBeGreaterThanOrEqual(count / 2);
});
