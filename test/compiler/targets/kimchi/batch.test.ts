// Real proofs of one small circuit, verified together: false as soon as one of them is not what it is said to be.
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { publicVariables } from '../../../../compiler/constraints/system.ts';
import { solveWitness } from '../../../../compiler/constraints/witness.ts';
import type { Program } from '../../../../compiler/ir/program.ts';
import { lower } from '../../../../compiler/meanings/circuit.ts';
import { prepareBackend } from '../../../../compiler/targets/kimchi/backend.ts';
import { verifyBatch } from '../../../../compiler/targets/kimchi/batch.ts';
import { nativeBatch } from '../../../../compiler/targets/kimchi/native-batch.ts';
import { compile, verify } from '../../../../compiler/targets/kimchi/prover.ts';
import { circuit, field, q } from '../../../../dsl/index.ts';
import { testInFull } from '../../../full-test.ts';

type NativeModule = typeof import('../../../../compiler/targets/kimchi/native-batch.ts');

vi.mock('../../../../compiler/targets/kimchi/native-batch.ts', async (original) => {
  const { nativeBatch } = await original<NativeModule>();
  return { nativeBatch: vi.fn(nativeBatch) };
});

interface Claim {
  readonly publicInput: readonly bigint[];
  readonly proof: Uint8Array;
}

/** A circuit of one secret tensor `x`, and a proof for each of its values. */
async function proofsOf(program: Program, secrets: readonly (readonly bigint[])[]) {
  const { system } = lower(program);
  const { prove, verificationKey: key } = await compile('batch', system);
  const claims: Claim[] = [];
  for (const x of secrets) {
    const witness = solveWitness(system, new Map([['x', x]]));
    const publicInput = publicVariables(system).map((variable) => witness[variable]!);
    claims.push({ publicInput, proof: await prove(witness) });
  }
  return { system, key, claims };
}

/** With range checks, and so with lookups. */
const squares = circuit('squares', {}, (c) => {
  const x = c.secret('x', q(12, 4), [2]);
  x.mul(x).rescale(q(16, 4)).expose('y');
});

const hash = circuit('hash', {}, (c) => c.secret('x', field, [3]).hash().expose('digest'));

let small: Awaited<ReturnType<typeof proofsOf>>;
let together: (claims: readonly Claim[]) => Promise<boolean>;
let alone: (claim: Claim) => Promise<boolean>;

beforeAll(async () => {
  const secrets = [
    [-24n, 17n],
    [40n, 1n],
    [100n, -3n],
  ];
  small = await proofsOf(squares.build(), secrets);
  const { system, key } = small;
  together = (claims) => verifyBatch({ key, system, claims });
  alone = (claim) => verify({ key, system, ...claim });
});

/** With one claim exchanged. */
const exchanged = (at: number, claim: Claim): Claim[] =>
  small.claims.map((each, i) => (i === at ? claim : each));

test('o1js is as expected: the native backend verifies them at once', async () => {
  if ((await prepareBackend()) !== 'native') return;
  const verifyTogether = await nativeBatch();
  vi.mocked(nativeBatch).mockClear();
  const calls = vi.fn(verifyTogether);
  vi.mocked(nativeBatch).mockResolvedValueOnce(calls);
  expect(await together(small.claims)).toBe(true);
  expect(calls.mock.calls.map(([, claims]) => claims.length)).toEqual([3]);
});

test('all are accepted, again and again, in any order and number', async () => {
  const [a, b, c] = small.claims;
  for (const claims of [[], [a!], [a!, b!], [c!, a!, b!], [a!, a!, b!, a!], small.claims])
    expect(await together(claims)).toBe(true);
});

describe('one that is not so, in any position:', () => {
  const positions = [0, 1, 2];

  test.each(positions)('a public input changed, claim %i', async (at) => {
    const { publicInput, proof } = small.claims[at]!;
    for (const place of publicInput.keys()) {
      const wrong = publicInput.map((value, i) => (i === place ? value + 1n : value));
      expect(await together(exchanged(at, { publicInput: wrong, proof })), `${place}`).toBe(false);
    }
  });

  test.each(positions)('a public input left out, or added, claim %i', async (at) => {
    const { publicInput, proof } = small.claims[at]!;
    for (const wrong of [publicInput.slice(1), [...publicInput, 0n]])
      expect(await together(exchanged(at, { publicInput: wrong, proof }))).toBe(false);
  });

  test.each(positions)('the proof of another statement, claim %i', async (at) => {
    const { publicInput } = small.claims[at]!;
    const { proof } = small.claims[(at + 1) % 3]!;
    expect(await together(exchanged(at, { publicInput, proof }))).toBe(false);
  });

  test.each(positions)('two evaluations swapped, every number canonical, claim %i', async (at) => {
    const { publicInput, proof } = small.claims[at]!;
    const changed = Uint8Array.from(proof);
    changed.set(proof.slice(-32), proof.length - 64);
    changed.set(proof.slice(-64, -32), proof.length - 32);
    expect(changed).not.toEqual(proof);
    expect(await together(exchanged(at, { publicInput, proof: changed }))).toBe(false);
  });

  test.each(positions)('damaged bytes, claim %i', async (at) => {
    const { publicInput, proof } = small.claims[at]!;
    const wrong = [proof.slice(0, -1), Uint8Array.of(...proof, 0), new Uint8Array()];
    for (const bytes of wrong)
      await expect(together(exchanged(at, { publicInput, proof: bytes }))).rejects.toThrow(
        'error[bad-proof]',
      );
  });
});

test('statements swapped: each proof is good, and each public input is', async () => {
  const [a, b, c] = small.claims;
  const swapped = [
    { publicInput: a!.publicInput, proof: b!.proof },
    { publicInput: b!.publicInput, proof: a!.proof },
  ];
  expect(await together([...swapped, c!])).toBe(false);
});

test('two wrong proofs do not make up for each other', async () => {
  const [a, b] = small.claims;
  const wrong = (by: bigint, { publicInput, proof }: Claim): Claim => ({
    publicInput: publicInput.map((value, i) => (i === 0 ? value + by : value)),
    proof,
  });
  expect(await together([wrong(1n, a!), wrong(-1n, a!)])).toBe(false);
  expect(await together([wrong(1n, a!), wrong(-1n, b!)])).toBe(false);
});

testInFull('a batch is accepted where each claim alone is', async () => {
  const [a, b] = small.claims;
  const changed = Uint8Array.from(a!.proof);
  // Of an evaluation; the number stays canonical.
  const scalar = changed.length - 40;
  changed[scalar] = changed[scalar]! ^ 1;
  const candidates: Claim[] = [a!, { ...a!, proof: changed }, { ...a!, proof: b!.proof }];
  const verdicts: boolean[] = [];
  for (const each of candidates) verdicts.push(await alone(each));
  expect(verdicts).toEqual([true, false, false]);
  for (const [i, first] of candidates.entries())
    for (const [j, second] of candidates.entries())
      expect(await together([first, second]), `${i}, ${j}`).toBe(verdicts[i]! && verdicts[j]!);
});

test('a key that is none', async () => {
  const { system, claims } = small;
  await expect(verifyBatch({ key: 'AAAA', system, claims })).rejects.toThrow('error[bad-key]');
});

testInFull('a circuit without lookups', async () => {
  const secrets = [
    [1n, 2n, 3n],
    [4n, 5n, 6n],
  ];
  const { system, key, claims } = await proofsOf(hash.build(), secrets);
  expect(await verifyBatch({ key, system, claims })).toBe(true);
  const [a, b] = claims;
  const swapped = [
    { ...a!, publicInput: b!.publicInput },
    { ...b!, publicInput: a!.publicInput },
  ];
  expect(await verifyBatch({ key, system, claims: swapped })).toBe(false);
  await expect(verifyBatch({ key, system, claims: small.claims })).rejects.toThrow('bad-proof');
});

test('where o1js is another, they are verified one by one', async () => {
  const [a, b] = small.claims;
  const missing = (): void => void vi.mocked(nativeBatch).mockRejectedValueOnce(new TypeError());
  missing();
  expect(await together([a!, b!])).toBe(true);
  missing();
  expect(await together([a!, { ...b!, proof: a!.proof }])).toBe(false);
});
