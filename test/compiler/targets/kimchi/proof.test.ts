// One small real proof with every kind of gate: accepted as it is, refused when anything is changed.
import { beforeAll, describe, expect, test } from 'vitest';
import { lower } from '../../../../compiler/meanings/circuit.ts';
import { publicVariables } from '../../../../compiler/constraints/system.ts';
import { solveWitness } from '../../../../compiler/constraints/witness.ts';
import { decodeProof, encodeProof } from '../../../../compiler/targets/kimchi/proof-codec.ts';
import { compile, verify, type Prover } from '../../../../compiler/targets/kimchi/prover.ts';
import { circuit, bit, field, q } from '../../../../dsl/index.ts';
import { commit } from '../../../../stdlib/index.ts';
import { isLetheError } from '../../../../compiler/diagnostics/diagnostic.ts';
import { testInFull } from '../../../full-test.ts';

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
    return await verify({ key, system: lowered.system, publicInput: inputs, proof: bytes });
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
  expect(await accepted(prover.verificationKey, publicInput, proof)).toBe(true);
  expect(await accepted(prover.verificationKey, publicInput, proof)).toBe(true);
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
    changed.set(proof.slice(-32), proof.length - 64);
    changed.set(proof.slice(-64, -32), proof.length - 32);
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
      expect(() => decodeProof(bytes, { lookups: true })).toThrow('bad-proof');
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

describe('parts that the circuit has no use for', () => {
  type Nested = (number | bigint | Nested)[];
  const copy = (): Nested => structuredClone(decodeProof(proof, { lookups: true })) as Nested;
  const at = (value: Nested, ...path: number[]): Nested =>
    path.reduce((part, i) => part[i] as Nested, value);
  const shape = { lookups: true };

  test('a runtime table, which kimchi would add to the table of the range checks', () => {
    const value = copy();
    const lookup = at(value, 1, 1, 4, 1);
    expect(lookup[4]).toBe(0);
    lookup[4] = [0, structuredClone(lookup[3]!)];
    expect(() => encodeProof(value, shape)).toThrow('no use for');
  });

  test.each([
    ['a round more in the opening', [1, 2, 1, 1]],
    ['a chunk more of a witness column', [1, 1, 1, 1]],
    ['a chunk more of the quotient', [1, 1, 3]],
    ['a value more of an evaluation', [1, 2, 2, 3, 1]],
  ])('%s', (_, path) => {
    const value = copy();
    const array = at(value, ...path);
    array.push(structuredClone(array[1]!));
    expect(() => encodeProof(value, shape)).toThrow('bad-proof');
  });

  test('the other shape: no lookups, or lookups where there are none', () => {
    expect(() => decodeProof(proof, { lookups: false })).toThrow('bad-proof');
    expect(() => encodeProof(copy(), { lookups: false })).toThrow('bad-proof');
  });

  test('encoding and decoding are inverse', () => {
    expect(encodeProof(copy(), shape)).toEqual(proof);
  });
});

testInFull('proofs asked for at once are made one after the other', async () => {
  const proofs = await Promise.all([prover.prove(witness), prover.prove(witness)]);
  for (const each of proofs)
    expect(await accepted(prover.verificationKey, publicInput, each)).toBe(true);
});

test('a circuit too small for kimchi', async () => {
  const tiny = lower(circuit('tiny', {}, (c) => c.secret('x', field, [1]).expose('y')).build());
  await expect(compile('tiny', tiny.system)).rejects.toThrow('too-few-rows');
});

test('a circuit of more rows than one proof holds', async () => {
  const huge = lower(
    circuit('huge', {}, (c) => c.secret('x', field, [9000, 3]).hash().expose('y')).build(),
  );
  await expect(compile('huge', huge.system)).rejects.toThrow('too-many-rows');
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
