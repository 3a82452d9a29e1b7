// An emitted ZkFunction at work: its main proves and verifies, proofs pass to and fro between it and the compiler's own
// prover, its reference stays within its errors, and what does not fit is refused by name.
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemDigest } from '../../../../compiler/constraints/digest.ts';
import { solveWitness } from '../../../../compiler/constraints/witness.ts';
import type { BoundInputs } from '../../../../compiler/inputs/bind.ts';
import {
  parseProofFile,
  publicInputOfFile,
  renderProofFile,
  type ProofFile,
} from '../../../../compiler/prover/proof-file.ts';
import { statementOf } from '../../../../compiler/prover/statement.ts';
import { compile, verify, type Prover } from '../../../../compiler/targets/kimchi/prover.ts';
import { testInFull } from '../../../full-test.ts';
import { small, smallInputs, smallInputsFile } from './small.ts';
import { writePackages, type Packages } from './packages.ts';

interface Inputs {
  fromReals(inputs: unknown): BoundInputs;
}
interface Program {
  prove(inputs: BoundInputs): Promise<ProofFile>;
  verify(file: ProofFile): Promise<boolean>;
  compiled(): Promise<Prover>;
}
type Values = Readonly<Record<string, unknown>>;
interface Reference {
  reference(inputs: unknown): Values;
  fixedPoint(inputs: unknown): Values;
  readonly errors: Readonly<Record<string, number>>;
}

/** What a reader may write, for tsc: the types of the package are those that he expects. */
const reader = `
import { fromReals, type Inputs } from './small/inputs.js';
import { reference } from './small/reference.js';
const inputs: Inputs = { x: [0.5, 1], mask: [0, true], salt: [7n] };
export const y: readonly number[] = reference(inputs).y;
export const integers: bigint[] | undefined = fromReals(inputs).fixed.get('x');
// @ts-expect-error a tensor is missing
export const wrong: Inputs = { x: [0.5, 1], mask: [0, 1] };
// @ts-expect-error a field element is no float
export const float: Inputs = { x: [0.5, 1], mask: [0, 1], salt: [0.5] };
`;

let packages: Packages;
let program: Program;
let inputs: Inputs;
let prover: Prover;
beforeAll(async () => {
  packages = await writePackages(new Map([['small', small]]), { files: { 'reader.ts': reader } });
  program = await packages.load('small', 'program.js');
  inputs = await packages.load('small', 'inputs.js');
  prover = await compile('small', small.system);
});
afterAll(() => packages.remove());

test('its main proves and verifies, and the compiler verifies its proof file', async () => {
  const path = (name: string): string => join(packages.folder, 'small', name);
  await writeFile(path('inputs.json'), smallInputsFile);
  const args = [path('main.js'), path('inputs.json'), path('proof.json')];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  expect(stdout).toContain('proved and verified');
  expect(stdout).toMatch(/It says:\n(.*\n)*  y = \[/);
  const file = parseProofFile(await readFile(path('proof.json'), 'utf8'), 'proof.json');
  const claim = {
    key: prover.verificationKey,
    system: small.system,
    publicInput: publicInputOfFile(file, small),
    proof: file.proof,
  };
  expect(await verify(claim)).toBe(true);
  const other = claim.publicInput.map((value, i) => (i === 0 ? 1n - value : value));
  expect(await verify({ ...claim, publicInput: other })).toBe(false);
});

testInFull('its main verifies a proof file of the compiler, and refuses a forged one', async () => {
  const path = (name: string): string => join(packages.folder, 'small', name);
  const witness = solveWitness(small.system, inputs.fromReals(smallInputs).fixed);
  const statement = statementOf(small, witness);
  const file: ProofFile = {
    circuit: 'small',
    parameters: { size: 2 },
    digest: systemDigest(small.system),
    statement,
    proof: await prover.prove(witness),
  };
  await writeFile(path('ours.json'), renderProofFile(file));
  const forged = { ...file, statement: new Map([...statement, ['y', [0n, 1n]]]) };
  await writeFile(path('forged.json'), renderProofFile(forged));
  const run = (name: string) =>
    promisify(execFile)(process.execPath, [path('main.js'), 'verify', path(name)]);
  expect((await run('ours.json')).stdout).toContain('ours.json verifies');
  await expect(run('forged.json')).rejects.toThrow(/forged.json does not verify/);
});

testInFull('it has the key of the compiler, and verifies what the compiler proves', async () => {
  expect((await program.compiled()).verificationKey).toBe(prover.verificationKey);
  const witness = solveWitness(small.system, inputs.fromReals(smallInputs).fixed);
  const file = {
    circuit: 'small',
    parameters: { size: 2 },
    digest: systemDigest(small.system),
    statement: statementOf(small, witness),
    proof: await prover.prove(witness),
  };
  expect(await program.verify(file)).toBe(true);
  const forged = { ...file, statement: new Map([...file.statement, ['y', [0n, 1n]]]) };
  expect(await program.verify(forged)).toBe(false);
});

test('its reference and its fixed point are as near as its errors say', async () => {
  const { reference, fixedPoint, errors } = await packages.load<Reference>('small', 'reference.js');
  const [real, fixed] = [reference(smallInputs), fixedPoint(smallInputs)];
  expect(real).toMatchObject({ x: [-1.5, 1.0625], mask: [0, 1], y: [2.25, 0] });
  expect(Object.keys(real)).toEqual(Object.keys(errors));
  for (const [name, bound] of Object.entries(errors)) {
    const [a, b] = [real[name], fixed[name]].map((each) => [each].flat(9) as number[]);
    a!.forEach((value, i) => expect(Math.abs(value - b![i]!)).toBeLessThanOrEqual(bound + 1e-12));
  }
});

describe('refused:', () => {
  test('a number that its format does not hold, by tensor and element', () => {
    expect(() => inputs.fromReals({ ...smallInputs, x: [0, 200] })).toThrow(
      /tensor "x", element \[1\]: 200 does not fit q12.4, which holds -128 to 127.9375/,
    );
  });
  test('a tensor of another shape', () => {
    expect(() => inputs.fromReals({ ...smallInputs, mask: [1] })).toThrow(
      /tensor "mask" has shape \[1\], the circuit expects \[2\]/,
    );
  });
  test('inputs that break an assertion, by operation and element', async () => {
    const broken = { ...smallInputs, x: [0.5, 127], mask: [0, 0] };
    await expect(program.prove(inputs.fromReals(broken))).rejects.toThrow(
      /element \[1\] of rescale: 16129 does not fit q16.4, which holds -2048 to 2047.9375/,
    );
  });
});
