// One small real proof with every kind of gate: accepted as it is, refused when anything is changed.
import { beforeAll, describe, expect, test } from 'vitest';
import { lower } from '../../../../compiler/meanings/circuit.ts';
import { publicVariables } from '../../../../compiler/constraints/system.ts';
import { solveWitness } from '../../../../compiler/constraints/witness.ts';
import { compile, verify, type Prover } from '../../../../compiler/targets/kimchi/prover.ts';
import { circuit, bit, field, q } from '../../../../dsl/index.ts';
import { commit } from '../../../../stdlib/index.ts';
import { isLetheError } from '../../../../compiler/diagnostics/diagnostic.ts';

const small = circuit('small', { size: 2 }, (c, { size }) => {
  const x = c.secret('x', q(12, 4), [size]);
  const mask = c.public('mask', bit, [size]);
  const y = mask.select(0, x.mul(x)).rescale(q(16, 4));
  commit(y, { salts: c.secret('salt', field, [1]) }).expose('commitment');
  y.expose('y');
});

const lowered = lower(small.build());
const witness = solveWitness(
  lowered.system,
  new Map([
    ['x', [-24n, 17n]],
    ['mask', [0n, 1n]],
    ['salt', [12345n]],
  ]),
);
const publicInput = publicVariables(lowered.system).map((variable) => witness[variable]!);

let prover: Prover;
let proof: Uint8Array;

/** Accepted, or refused in either of the two ways. */
async function accepted(
  key: string,
  inputs: readonly bigint[],
  bytes: Uint8Array,
): Promise<boolean> {
  try {
    return await verify(key, inputs, bytes);
  } catch (error) {
    if (!isLetheError(error)) throw error;
    return false;
  }
}

beforeAll(async () => {
  prover = await compile('small', lowered.system);
  proof = await prover.prove(witness);
});

test('the proof is accepted, again and again', async () => {
  expect(await verify(prover.verificationKey, publicInput, proof)).toBe(true);
  expect(await verify(prover.verificationKey, publicInput, proof)).toBe(true);
});

describe('refused:', () => {
  test('each public input changed', async () => {
    for (const at of publicInput.keys()) {
      const changed = publicInput.map((value, i) => (i === at ? value + 1n : value));
      expect(await accepted(prover.verificationKey, changed, proof), `${at}`).toBe(false);
    }
  });

  test('a public input left out, or added', async () => {
    expect(await accepted(prover.verificationKey, publicInput.slice(1), proof)).toBe(false);
    expect(await accepted(prover.verificationKey, [...publicInput, 0n], proof)).toBe(false);
  });

  test('proof bytes changed', async () => {
    const length = proof.length;
    const places = [0, 1, 40, 500, 1500, 3000, 4500, length - 40, length - 1];
    for (const at of places) {
      const changed = Uint8Array.from(proof);
      changed[at] = changed[at]! ^ 1;
      expect(await accepted(prover.verificationKey, publicInput, changed), `${at}`).toBe(false);
    }
  });

  test('two evaluations swapped, every number canonical', async () => {
    // The last two scalars of the proof are evaluations of the public input.
    const changed = Uint8Array.from(proof);
    changed.set(proof.slice(-32), proof.length - 65);
    changed.set(proof.slice(-65, -33), proof.length - 32);
    expect(await accepted(prover.verificationKey, publicInput, changed)).toBe(false);
  });

  test('truncated, extended, empty', async () => {
    const cases = [
      proof.slice(0, -1),
      proof.slice(0, 100),
      Uint8Array.of(...proof, 0),
      new Uint8Array(),
    ];
    for (const bytes of cases)
      await expect(verify(prover.verificationKey, publicInput, bytes)).rejects.toThrow('bad-proof');
  });

  test('the key of another circuit, and a damaged key', async () => {
    const other = lower(
      circuit('small', { size: 2 }, (c, { size }) => {
        const x = c.secret('x', q(12, 4), [size]);
        const mask = c.public('mask', bit, [size]);
        const y = mask.select(x, x.mul(x).rescale(q(16, 4))).rescale(q(16, 4));
        commit(y, { salts: c.secret('salt', field, [1]) }).expose('commitment');
        y.expose('y');
      }).build(),
    );
    const { verificationKey } = await compile('other', other.system);
    expect(verificationKey).not.toBe(prover.verificationKey);
    expect(await accepted(verificationKey, publicInput, proof)).toBe(false);
    const key = prover.verificationKey;
    for (const at of [100, key.length / 2, key.length - 100].map(Math.floor)) {
      const letter = key[at] === 'A' ? 'B' : 'A';
      const damaged = key.slice(0, at) + letter + key.slice(at + 1);
      expect(await accepted(damaged, publicInput, proof), `${at}`).toBe(false);
    }
  });
});

describe('a dishonest witness', () => {
  test.each([
    ['an output', () => lowered.system.ports.find(({ name }) => name === 'y')!.variables[0]!],
    ['a remainder', () => lowered.system.steps.find(({ advice }) => advice)!.outputs[0]!],
    ['a range-checked input', () => lowered.system.ports[0]!.variables[0]!],
  ])('%s: the prover throws, or its proof is refused', async (_, variable) => {
    const forged = [...witness];
    forged[variable()] = witness[variable()]! + 4096n;
    const inputs = publicVariables(lowered.system).map((v) => forged[v]!);
    let verdict = false;
    try {
      verdict = await accepted(prover.verificationKey, inputs, await prover.prove(forged));
    } catch {
      verdict = false;
    }
    expect(verdict).toBe(false);
  });
});
