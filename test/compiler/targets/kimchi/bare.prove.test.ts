// Proofs of circuits that lack what others have: range checks, public values.
import { expect, test } from 'vitest';
import { publicVariables } from '../../../../compiler/constraints/system.ts';
import { solveWitness } from '../../../../compiler/constraints/witness.ts';
import { lower } from '../../../../compiler/meanings/circuit.ts';
import { compile, verify } from '../../../../compiler/targets/kimchi/prover.ts';
import { circuit, field, q } from '../../../../dsl/index.ts';

test('a circuit without range checks and without public values', async () => {
  const bare = lower(
    circuit('bare', {}, (c) => {
      const x = c.secret('x', field, [3]).hash();
      x.expose('digest');
    }).build(),
  );
  const secret = solveWitness(bare.system, new Map([['x', [1n, 2n, 3n]]]));
  const compiled = await compile('bare', bare.system);
  const made = await compiled.prove(secret);
  const inputs = publicVariables(bare.system).map((variable) => secret[variable]!);
  const claim = { key: compiled.verificationKey, system: bare.system, proof: made };
  expect(await verify({ ...claim, publicInput: inputs })).toBe(true);
  expect(await verify({ ...claim, publicInput: [inputs[0]! + 1n] })).toBe(false);

  const silent = lower(
    circuit('silent', {}, (c) => {
      const x = c.secret('x', q(12, 4), [2]);
      x.sub(x)
        .add(x.mul(x).rescale(q(12, 4)))
        .assertWithin({ low: 0, high: 4 });
    }).build(),
  );
  const silentProver = await compile('silent', silent.system);
  const silentProof = await silentProver.prove(
    solveWitness(silent.system, new Map([['x', [16n, -20n]]])),
  );
  const key = silentProver.verificationKey;
  expect(await verify({ key, system: silent.system, publicInput: [], proof: silentProof })).toBe(
    true,
  );
});
