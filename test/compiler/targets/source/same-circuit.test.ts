// The emitted package makes the circuit that the compiler makes: the same constraints, and gate for gate the same in
// o1js, for every op, every circuit of the standard library and every example (large ones with fewer blocks in o1js). All packages pass a strict tsc.
// To emit and to check a package takes a second: in full there are all of them, and every op has packages of its own; in normal a few circuits have
// all ops.
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compileCircuit } from '../../../../compiler/compile.ts';
import { systemDigest } from '../../../../compiler/constraints/digest.ts';
import { lower, type LoweredProgram } from '../../../../compiler/meanings/circuit.ts';
import { ops } from '../../../../compiler/ops/index.ts';
import { emit } from '../../../../compiler/targets/kimchi/emit.ts';
import { opsOf } from '../../../../compiler/targets/source/names.ts';
import { circuit, q, u } from '../../../../dsl/index.ts';
import linearLayer from '../../../../examples/linear-layer/linear-layer.ts';
import { compileOnce } from '../../../compiled.ts';
import { examples } from '../../../examples/circuits.ts';
import { stdlibCircuits } from '../../../stdlib/circuits.ts';
import { programs } from '../../ops/programs.ts';
import { gatesBy, writePackages, type Packages } from './packages.ts';
import { inTier } from '../../../tier.ts';

type Named = readonly [name: string, circuit: LoweredProgram];

/** Of `samples` those that have an op that neither those before nor `others` have. */
function needed(samples: readonly Named[], others: readonly Named[]): Named[] {
  const seen = new Set(others.flatMap(([, { program }]) => opsOf(program)));
  return samples.filter(([, { program }]) => {
    const before = seen.size;
    for (const op of opsOf(program)) seen.add(op);
    return seen.size > before;
  });
}

const ofSamples: Named[] = Object.entries(programs).flatMap(([op, program]) =>
  fc
    .sample(program, { numRuns: inTier({ quick: 1, normal: 1, full: 4 }), seed: 23 })
    .map((sample, i) => [`${op}-${i}`, lower(sample)] as const),
);
// The package of rms-norm would define the example's hint a second time in this process.
const small = [...examples.map(({ circuit }) => circuit), ...stdlibCircuits, linearLayer].filter(
  ({ name }) => !name.startsWith('unlearn') && name !== 'rms-norm',
);
const inNormal = ['group-obs', 'group-obs-factor', 'commit', 'linear-layer'];
const ofExamples = inTier({
  quick: [],
  normal: small.filter(({ name }) => inNormal.includes(name)),
  full: small,
}).map((each): Named => [each.name, compileOnce(each)]);
const large = examples.filter(({ name }) => name.startsWith('unlearn'));
const inFull = inTier({ quick: [], normal: [], full: large });
const ofLarge = inFull.map(({ name, circuit }): Named => [name, compileOnce(circuit)]);
const ofSmall = inTier({ quick: [], normal: large.slice(0, 1), full: large }).map(
  ({ name, circuit }): Named => [`${name}-small`, compileOnce(circuit, { blocks: 1 })],
);
const long = circuit('a long\n*/ `${name}', {}, (c) => {
  const reals = Array.from({ length: 200 }, (_, i) => (i - 100) / 16);
  c.secret('class', q(16, 4), [200])
    .add(c.constant(reals, q(8, 4), [200]))
    .expose('v1');
});
/** All decisions in one package. */
const decisions = circuit('decisions', {}, (c) => {
  const [x, y] = [c.secret('x', q(12, 4), [4]), c.secret('y', q(12, 4), [4])];
  const [i, n] = [c.secret('i', u(2, 0)), c.secret('n', u(8, 0))];
  x.max(y).min(1).sub(y.abs()).expose('extremes');
  const mask = x.atLeast(y).and(x.isZero().not());
  mask.select(x.gather({ axis: 0, index: i }), 0).expose('taken');
  y.topK(2).expose('mask');
  n.divFloor(i.add(1)).bits(8).expose('digits');
});
const ofCases: Named[] = [
  ['long-constant', compileCircuit(long)],
  ['decisions', compileCircuit(decisions)],
];
const others = [...ofExamples, ...ofSmall, ...ofLarge, ...ofCases];
const ofOps = inTier({
  quick: [],
  normal: needed(
    ofSamples.toSorted((a, b) => opsOf(b[1].program).length - opsOf(a[1].program).length),
    others,
  ),
  full: ofSamples,
});
const circuits = new Map([...ofOps, ...others]);

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

const compared = new Map<string, Promise<void>>();

/** Once for a circuit, however many tests want it. */
function expectSameGates(name: string, ours: LoweredProgram): Promise<void> {
  const result = compared.get(name) ?? compareGates(name, ours);
  compared.set(name, result);
  return result;
}

async function compareGates(name: string, ours: LoweredProgram): Promise<void> {
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
    const having = inTier({
      quick: [],
      normal: [...circuits].filter(([, { program }]) => opsOf(program).includes(op)),
      full: ofOps.filter(([name]) => name.startsWith(`${op}-`)),
    });
    expect(having.length).toBeGreaterThan(0);
    for (const [name, circuit] of having) await expectSameGates(name, circuit);
  });
});

test.each(ofCases)('%s', (name, circuit) => expectSameGates(name, circuit));

test('every op of the compiler is among them', () => {
  expect(Object.keys(programs).sort()).toEqual([...ops.keys()].sort());
});

describe('examples and the standard library', () => {
  test.each(ofExamples)('%s', (name, circuit) => expectSameGates(name, circuit));
  test.each(ofLarge)('%s', async (name, circuit) => {
    await expectSameConstraints(name, circuit);
  });
  test.each(ofSmall)('%s', (name, circuit) => expectSameGates(name, circuit));
});
