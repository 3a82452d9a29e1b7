// The forms of the curvature: θ_u of the fixed step within the derived ε of the float64 reference, certificates, roots.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { analyzeDeterminism } from '../../../compiler/analyses/determinism/report.ts';
import { solveWitness } from '../../../compiler/constraints/witness.ts';
import { fractionOf } from '../../../compiler/ir/format.ts';
import { q } from '../../../dsl/index.ts';
import { triangleIndex, triangleLength } from '../../../stdlib/matrix.ts';
import { openLayout } from '../../../stdlib/apex/circuit/layout.ts';
import { ports, stepCircuit, type StepSpec } from '../../../stdlib/apex/circuit/tile.ts';
import { tileStatement } from '../../../stdlib/apex/circuit/tiles.ts';
import { blockLeaf, curvatureDigest } from '../../../stdlib/apex/commitments/leaf.ts';
import { deriveEpsilon } from '../../../stdlib/apex/epsilon.ts';
import { choleskyRoot, pivotedRoot } from '../../../stdlib/apex/forms/cholesky.ts';
import { forms, type FormName } from '../../../stdlib/apex/index.ts';
import { obsFromCurvature, obsFromInverse } from '../../../stdlib/apex/reference/index.ts';
import { inTier } from '../../tier.ts';
import { random } from './fixture.ts';
import {
  accepts,
  acceptsBlock,
  curvatureIntegers,
  formNames,
  inputsOf,
  integersOf,
  knownLayout,
  secretOf,
  solved,
  stepOf,
  tileOf,
  type TestBlock,
} from './steps.ts';

type Size = readonly [form: FormName, size: number, rank: number | undefined];

const some: readonly Size[] = [
  ['factor', 5, undefined],
  ['factor', 5, 3],
  ['kkt', 5, undefined],
  ['inverse', 5, undefined],
];
const others: readonly Size[] = [
  ['factor', 2, undefined],
  ['factor', 5, 1],
  ['factor', 8, 4],
  ['kkt', 2, undefined],
  ['kkt', 8, undefined],
  ['inverse', 2, undefined],
  ['inverse', 8, undefined],
];
const sizes = inTier({ quick: some, normal: some, full: [...some, ...others] });
const seeds = inTier({ quick: 4, normal: 4, full: 12 });

/** A block with real-looking gradients, 1 to 2 of its weights masked. */
function example(spec: StepSpec, seed: number) {
  const next = random(seed + 1);
  const { size } = spec;
  const gradients = Array.from({ length: 2 * size }, () =>
    Float64Array.from({ length: size }, () => next() - 0.5),
  );
  const theta = Array.from({ length: size }, () => next() - 0.5);
  const weights = integersOf(theta, fractionOf(spec.formats.weights));
  const mask = weights.map((_, i) => (i === 0 || (i === 2 && seed % 2 === 0) ? 1 : 0));
  const damping = 0.05 + next();
  const curvature = curvatureIntegers(spec, forms[spec.form].curvature(gradients, damping, spec));
  return { gradients, damping, block: { weights, mask, curvature } satisfies TestBlock };
}

/** C' or K as registered: from the integers that are committed to. */
function registered({ form, size, rank = size, formats }: StepSpec, curvature: readonly number[]) {
  const unit = 2 ** -fractionOf(formats.curvature);
  const at = (i: number, j: number): number =>
    curvature[triangleIndex(Math.min(i, j), Math.max(i, j), size)]! * unit;
  const square = (entry: (i: number, j: number) => number) => ({
    rows: size,
    columns: size,
    entries: Float64Array.from({ length: size * size }, (_, k) =>
      entry(Math.floor(k / size), k % size),
    ),
  });
  if (form === 'kkt') return square(at);
  const g = (k: number, j: number): number =>
    rank < size ? curvature[k * size + j]! * unit : k <= j ? at(k, j) : 0;
  return square((i, j) => {
    let sum = i === j ? (form === 'factor' ? 1 : 2 ** -8) : 0;
    for (let k = 0; k < rank; k++) sum += g(k, i) * g(k, j);
    return sum;
  });
}

/** θ_u of the fixed step, as reals. */
const fixedStep = (spec: StepSpec, block: TestBlock): number[] =>
  solved(spec, block).unlearned.map((value) => value * 2 ** -fractionOf(spec.formats.weights));

const distance = (a: readonly number[], b: readonly number[]): number =>
  Math.hypot(...a.map((value, i) => value - b[i]!));

describe.each(sizes)('%s of %i, rank %s', (form, size, rank) => {
  const spec = stepOf(form, size, rank);
  const unit = 2 ** -fractionOf(spec.formats.weights);

  test('θ_u is within ε of the reference for the registered curvature, and near that of the gradients', () => {
    const epsilon = deriveEpsilon(spec, 1).block;
    for (let seed = 0; seed < seeds; seed++) {
      const { block, gradients, damping } = example(spec, seed);
      const matrix = registered(spec, block.curvature);
      const weights = block.weights.map((integer) => integer * unit);
      const { mask } = block;
      const unlearned = fixedStep(spec, block);
      const exact =
        form === 'inverse'
          ? obsFromInverse({ inverse: matrix, weights, mask })
          : obsFromCurvature({ curvature: matrix, weights, mask });
      const wanted = weights.map((weight, i) => weight + exact[i]!);
      expect(distance(unlearned, wanted)).toBeLessThanOrEqual(epsilon);
      mask.forEach((bit, i) => bit === 1 && expect(unlearned[i]).toBe(0));
      if (rank !== undefined && rank < size) continue;
      // Before it was rounded: C' = I + F/λ.
      const fisher = (i: number, j: number): number =>
        gradients.reduce((sum, g) => sum + g[i]! * g[j]!, 0) / gradients.length / damping;
      const entries = Float64Array.from({ length: size * size }, (_, k) => {
        const [i, j] = [Math.floor(k / size), k % size];
        return fisher(i, j) + (i === j ? 1 : 0);
      });
      const ideal = obsFromCurvature({
        curvature: { rows: size, columns: size, entries },
        weights,
        mask,
      });
      const near = weights.map((weight, i) => weight + ideal[i]!);
      expect(distance(unlearned, near)).toBeLessThan(0.01);
    }
  });

  test("the tile's circuit accepts the honest witness, and commits as leaves are made", () => {
    const blocks = [3, 5].map((seed) => ({ ...example(spec, seed).block, salt: seed }));
    const secrets = blocks.map((block) => secretOf(spec, block));
    const leaves = secrets.map(({ weights, curvature, unlearned, mask, salts }) => {
      const own = curvatureDigest(spec, curvature, salts.curvature);
      const before = blockLeaf(spec, weights, salts.weights, own);
      return { mask, before, after: blockLeaf(spec, unlearned, salts.unlearned, own) };
    });
    for (const layout of [openLayout(2), knownLayout(blocks[0]!.mask, 2)]) {
      const tile = tileOf(spec, layout);
      const witness = solveWitness(tile.system, inputsOf(spec, blocks, layout));
      expect(accepts(tile, witness)).toBe(true);
      const read = (name: string): bigint[] =>
        tile.system.ports.find((port) => port.name === name)!.variables.map((v) => witness[v]!);
      const statement = tileStatement(spec, layout, 7n, leaves);
      for (const [name, values] of statement) expect(read(name), name).toEqual(values);
      // All that is public is said by the statement.
      const known = tile.system.ports.filter(({ visibility }) => visibility === 'public');
      expect(known.map(({ name }) => name).sort()).toEqual([...statement.keys()].sort());
    }
  });

  test('a tile with places left is filled with neutral blocks', () => {
    const { block } = example(spec, 3);
    const tile = tileOf(spec, openLayout(2));
    const inputs = inputsOf(spec, [block], openLayout(2));
    const witness = solveWitness(tile.system, inputs);
    expect(accepts(tile, witness)).toBe(true);
    const statement = tileStatement(spec, openLayout(2), 7n, []);
    for (const name of [ports.before, ports.after]) {
      const port = tile.system.ports.find((own) => own.name === name)!;
      expect(witness[port.variables[1]!]).toBe(statement.get(name)![1]);
    }
  });

  test('every value of the circuit is determined, with open masks and with known ones', () => {
    for (const layout of [openLayout(1), knownLayout(example(spec, 2).block.mask)]) {
      const { free, advice, determined, relations } = analyzeDeterminism(tileOf(spec, layout));
      expect(free).toEqual([]);
      expect(determined).toBe(advice);
      expect(relations).toEqual([]);
    }
  });
});

describe('certificates', () => {
  test('kkt: refused below the floor', () => {
    const spec = stepOf('kkt', 3);
    const fraction = fractionOf(spec.formats.curvature);
    const [floor, slack] = [1, 2 ** -9];
    const withEigenvalue = (least: number): boolean => {
      const curvature = integersOf([least, 0, 0, 2, 0, 2], fraction);
      // All are masked: nothing is left to solve.
      const none = [0, 0, 0];
      return acceptsBlock(spec, {
        weights: none,
        unlearned: none,
        multipliers: none,
        curvature,
        mask: [1, 1, 1],
      });
    };
    expect(withEigenvalue(floor)).toBe(true);
    expect(withEigenvalue(floor - slack)).toBe(true);
    expect(withEigenvalue(floor - slack - 2 ** -fraction)).toBe(false);
    expect(withEigenvalue(floor / 2 - slack)).toBe(false);
    expect(withEigenvalue(0)).toBe(false);
    expect(withEigenvalue(-floor)).toBe(false);
  });
});

describe('roots', () => {
  const semidefinite = fc.record({
    size: fc.integer({ min: 1, max: 7 }),
    rows: fc.integer({ min: 1, max: 9 }),
    seed: fc.integer({ min: 1, max: 1e6 }),
  });
  function gram({ size, rows, seed }: { size: number; rows: number; seed: number }): Float64Array {
    const next = random(seed);
    const g = Array.from({ length: rows }, () => Array.from({ length: size }, () => next() - 0.5));
    const triangle = new Float64Array(triangleLength(size));
    for (let i = 0; i < size; i++)
      for (let j = i; j < size; j++)
        triangle[triangleIndex(i, j, size)] = g.reduce((sum, row) => sum + row[i]! * row[j]!, 0);
    return triangle;
  }

  test('choleskyRoot: RᵀR = M, of any rank', () => {
    fc.assert(
      fc.property(semidefinite, (own) => {
        const { size } = own;
        const m = gram(own);
        const root = choleskyRoot(m, size);
        for (let i = 0; i < size; i++)
          for (let j = i; j < size; j++) {
            let sum = 0;
            for (let k = 0; k <= i; k++)
              sum += root[triangleIndex(k, i, size)]! * root[triangleIndex(k, j, size)]!;
            expect(sum).toBeCloseTo(m[triangleIndex(i, j, size)]!, 5);
          }
      }),
    );
  });

  test('pivotedRoot: GᵀG ⪯ M, equal at full rank, and nearer with each row', () => {
    fc.assert(
      fc.property(semidefinite, (own) => {
        const { size } = own;
        const m = gram(own);
        const rest = (rank: number): number => {
          const g = pivotedRoot(m, size, rank);
          let trace = 0;
          for (let i = 0; i < size; i++) {
            let own2 = m[triangleIndex(i, i, size)]!;
            for (let k = 0; k < rank; k++) own2 -= g[k * size + i]! ** 2;
            // What is left is semidefinite: no diagonal entry is negative.
            expect(own2).toBeGreaterThan(-1e-9);
            trace += own2;
          }
          return trace;
        };
        const traces = Array.from({ length: size }, (_, k) => rest(k + 1));
        traces.forEach(
          (trace, k) => k > 0 && expect(trace).toBeLessThanOrEqual(traces[k - 1]! + 1e-9),
        );
        expect(traces.at(-1)).toBeCloseTo(0, 8);
      }),
    );
  });
});

test('inverse: a root too coarse for its floor is refused when the circuit is built', () => {
  const spec = stepOf('inverse', 2);
  const coarse = { ...spec, formats: { ...spec.formats, curvature: q(4, 3) } };
  expect(() => stepCircuit(coarse, 1).build()).toThrow('no multiple of 2^−6');
});

test('every form is among them', () => {
  expect([...new Set(sizes.map(([form]) => form))].sort()).toEqual([...formNames].sort());
});
