// The emitted package makes the circuit that the compiler makes: the same constraints, and gate for gate the same in
// o1js, for every op, every circuit of the standard library and every example (large ones with fewer blocks in o1js). All packages pass a strict tsc.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compileCircuit } from '../../../../compiler/compile.ts';
import { systemDigest } from '../../../../compiler/constraints/digest.ts';
import { lower, type LoweredProgram } from '../../../../compiler/meanings/circuit.ts';
import { ops } from '../../../../compiler/ops/index.ts';
import { emit } from '../../../../compiler/targets/kimchi/emit.ts';
import { circuit, q } from '../../../../dsl/index.ts';
import linearLayer from '../../../../examples/linear-layer/linear-layer.ts';
import { compileOnce } from '../../../compiled.ts';
import { examples } from '../../../examples/circuits.ts';
import { stdlibCircuits } from '../../../stdlib/circuits.ts';
import { programs } from '../../ops/programs.ts';
import { gatesBy, writePackages, type Packages } from './packages.ts';
import { inTier } from '../../../tier.ts';

const ofOps = Object.entries(programs).flatMap(([op, program]) =>
  fc
    .sample(program, { numRuns: inTier({ quick: 1, normal: 1, full: 4 }), seed: 23 })
    .map((sample, i) => [`${op}-${i}`, lower(sample)] as const),
);
const ofExamples = [...examples.map(({ circuit }) => circuit), ...stdlibCircuits, linearLayer].map(
  (each) => [each.name, compileOnce(each)] as const,
);
const ofSmall = examples
  .filter(({ name }) => name.startsWith('unlearn'))
  .map(({ name, circuit }) => [`${name}-small`, compileOnce(circuit, { blocks: 1 })] as const);
const long = circuit('a long\n*/ `${name}', {}, (c) => {
  const reals = Array.from({ length: 200 }, (_, i) => (i - 100) / 16);
  c.secret('class', q(16, 4), [200])
    .add(c.constant(reals, q(8, 4), [200]))
    .expose('v1');
});
const ofCases = [['long-constant', compileCircuit(long)]] as const;
const circuits = new Map([...ofOps, ...ofExamples, ...ofSmall, ...ofCases]);

let packages: Packages;
beforeAll(async () => {
  packages = await writePackages(circuits);
});
afterAll(() => packages.remove());

async function expectSameConstraints(name: string, ours: LoweredProgram): Promise<LoweredProgram> {
  const theirs = await packages.load<{ circuit: LoweredProgram }>(name, 'circuit.js');
  expect(systemDigest(theirs.circuit.system)).toBe(systemDigest(ours.system));
  return theirs.circuit;
}

async function expectSameGates(name: string, ours: LoweredProgram): Promise<void> {
  const theirs = await expectSameConstraints(name, ours);
  const theirEmit = await packages.load<{ emit: typeof emit }>(name, 'lib/kimchi/emit.js');
  const expected = await gatesBy(emit, ours.system);
  const actual = await gatesBy(theirEmit.emit, theirs.system);
  expect(actual.rows).toBe(expected.rows);
  // One comparison of text: a difference of large objects would take minutes to print.
  expect(JSON.stringify(actual.gates) === JSON.stringify(expected.gates)).toBe(true);
}

describe('ops', () => {
  test.each(Object.keys(programs))('%s', async (op) => {
    for (const [name, circuit] of ofOps)
      if (name.startsWith(`${op}-`)) await expectSameGates(name, circuit);
  });
});

test.each(ofCases)('%s', (name, circuit) => expectSameGates(name, circuit));

test('every op of the compiler is among them', () => {
  expect(Object.keys(programs).sort()).toEqual([...ops.keys()].sort());
});

describe('examples and the standard library', () => {
  test.each(ofExamples)('%s', async (name, circuit) => {
    if (name.startsWith('unlearn')) await expectSameConstraints(name, circuit);
    else await expectSameGates(name, circuit);
  });
  test.each(ofSmall)('%s', (name, circuit) => expectSameGates(name, circuit));
});
