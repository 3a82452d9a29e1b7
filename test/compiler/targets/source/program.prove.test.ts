// An emitted ZkProgram proves and verifies (Pickles: minutes), and its proofs are those of the compiler's own ZkProgram.
import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  Field,
  Unconstrained,
  verify,
  ZkProgram,
  type JsonProof,
  type VerificationKey,
} from 'o1js';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { solveWitness } from '../../../../compiler/constraints/witness.ts';
import { publicVariables } from '../../../../compiler/constraints/system.ts';
import type { BoundInputs } from '../../../../compiler/inputs/bind.ts';
import { prepareBackend } from '../../../../compiler/targets/kimchi/backend.ts';
import { proveMethod, publicInputType } from '../../../../compiler/targets/kimchi/zk-program.ts';
import { writePackages, type Packages } from './packages.ts';
import { small, smallInputs, smallInputsFile } from './small.ts';

let packages: Packages;
beforeAll(async () => {
  packages = await writePackages(new Map([['small', small]]), { as: 'program' });
});
afterAll(() => packages.remove());

test('its main proves and verifies; proofs pass to and fro', { timeout: 900_000 }, async () => {
  const path = (name: string): string => join(packages.folder, 'small', name);
  const run = (...args: string[]) =>
    promisify(execFile)(process.execPath, [path('main.js'), ...args]);
  await writeFile(path('inputs.json'), smallInputsFile);
  const { stdout } = await run(path('inputs.json'), path('proof.json'));
  expect(stdout).toContain('proved and verified');
  expect(stdout).toMatch(/It says:\n(.*\n)*  y = \[/);
  const theirs = JSON.parse(await readFile(path('proof.json'), 'utf8')) as JsonProof;

  await prepareBackend();
  const ours = ZkProgram({
    name: 'small',
    publicInput: publicInputType(small.system),
    methods: { prove: proveMethod(small.system) },
  });
  const { verificationKey }: { verificationKey: VerificationKey } = await ours.compile();
  expect(await verify(theirs, verificationKey)).toBe(true);
  const [first, ...others] = theirs.publicInput;
  const forged = { ...theirs, publicInput: [first === '0' ? '1' : '0', ...others] };
  expect(await verify(forged, verificationKey)).toBe(false);

  const { fromReals } = await packages.load<{ fromReals(inputs: unknown): BoundInputs }>(
    'small',
    'inputs.js',
  );
  const witness = solveWitness(small.system, fromReals(smallInputs).fixed);
  const publics = publicVariables(small.system).map((variable) => Field(witness[variable]!));
  const { proof } = await ours.prove(publics, Unconstrained.from<readonly bigint[]>(witness));
  await writeFile(path('ours.json'), JSON.stringify(proof.toJSON()));
  expect((await run('verify', path('ours.json'))).stdout).toContain('ours.json verifies');
});
