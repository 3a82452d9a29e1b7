// The forms of the curvature: θ_u of the fixed step within the derived ε of the float64 reference, certificates, roots.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileCircuit } from '../../../compiler/compile.ts';
import { analyzeDeterminism } from '../../../compiler/analyses/determinism/report.ts';
import { solveWitness } from '../../../compiler/constraints/witness.ts';
import { fractionOf } from '../../../compiler/ir/format.ts';
import { portsOf } from '../../../compiler/ir/ports.ts';
import { evaluateFixed } from '../../../compiler/meanings/fixed.ts';
import { triangleIndex, triangleLength } from '../../../stdlib/matrix.ts';
import {
  ports,
  stepCircuit,
  tileCircuit,
  type StepSpec,
} from '../../../stdlib/apex/circuit/tile.ts';
import { tileStatement } from '../../../stdlib/apex/circuit/tiles.ts';
import { leafOf } from '../../../stdlib/apex/commitments/leaf.ts';
import { deriveEpsilon } from '../../../stdlib/apex/epsilon.ts';
import { choleskyRoot, pivotedRoot } from '../../../stdlib/apex/forms/cholesky.ts';
import { forms, type FormName } from '../../../stdlib/apex/index.ts';
import { obsFromCurvature, obsFromInverse } from '../../../stdlib/apex/reference/index.ts';
import { random } from './fixture.ts';
import {
  accepts,
  curvatureIntegers,
  formNames,
  inputsOf,
  integersOf,
  stepOf,
  tileOf,
  type StepBlock,
} from './steps.ts';

const sizes: (readonly [FormName, number, number | undefined])[] = [
  ['factor', 2, undefined],
  ['factor', 5, undefined],
  ['factor', 5, 1],
  ['factor', 5, 3],
  ['factor', 8, 4],
  ['kkt', 2, undefined],
  ['kkt', 5, undefined],
  ['kkt', 8, undefined],
  ['inverse', 2, undefined],
  ['inverse', 5, undefined],
];

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
  return { gradients, damping, block: { weights, mask, curvature } satisfies StepBlock };
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
  if (form !== 'factor') return square(at);
  const g = (k: number, j: number): number =>
    rank < size ? curvature[k * size + j]! * unit : k <= j ? at(k, j) : 0;
  return square((i, j) => {
    let sum = i === j ? 1 : 0;
    for (let k = 0; k < rank; k++) sum += g(k, i) * g(k, j);
    return sum;
  });
}

/** θ_u of the fixed step, as reals. */
function fixedStep(spec: StepSpec, block: StepBlock): number[] {
  const program = stepCircuit(spec, 1).build();
  const { values, findings } = evaluateFixed(program, inputsOf(spec, [block]));
  expect(findings).toEqual([]);
  const { line } = portsOf(program).find(({ name }) => name === ports.after)!;
  return values[line]!.map((value) => Number(value) * 2 ** -fractionOf(spec.formats.weights));
}

const distance = (a: readonly number[], b: readonly number[]): number =>
  Math.hypot(...a.map((value, i) => value - b[i]!));

describe.each(sizes)('%s of %i, rank %s', (form, size, rank) => {
  const spec = stepOf(form, size, rank);
  const unit = 2 ** -fractionOf(spec.formats.weights);

  test('θ_u is within ε of the reference for the registered curvature, and near that of the gradients', () => {
    const epsilon = deriveEpsilon(spec, 1).block;
    for (let seed = 0; seed < 12; seed++) {
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

  test("the tile's circuit accepts the honest witness, and commits as leafOf does", () => {
    const { formats } = spec;
    const tile = tileOf(spec, 2);
    const blocks = [3, 4].map((seed) => ({
      ...example(spec, seed).block,
      salts: [1n, 2n, BigInt(seed)] as const,
    }));
    const witness = solveWitness(tile.system, inputsOf(spec, blocks));
    expect(accepts(tile, witness)).toBe(true);
    const read = (name: string): bigint[] =>
      tile.system.ports.find((port) => port.name === name)!.variables.map((v) => witness[v]!);
    const leaves = blocks.map((block) => ({
      before: leafOf(block.weights, formats.weights, 1n),
      curvature: leafOf(block.curvature, formats.curvature, 2n),
      after: leafOf(
        integersOf(fixedStep(spec, block), fractionOf(formats.weights)),
        formats.weights,
        block.salts[2],
      ),
    }));
    const touched = blocks.map(({ mask }, number) => ({ number, mask: Uint8Array.from(mask) }));
    const statement = tileStatement(spec, 2, 7n, touched, leaves);
    for (const [name, values] of statement) expect(read(name), name).toEqual(values);
  });

  test('a tile with places left is filled with neutral blocks', () => {
    const { block } = example(spec, 3);
    const tile = tileOf(spec, 2);
    const neutral = {
      weights: new Array<number>(size).fill(0),
      mask: new Array<number>(size).fill(0),
      curvature: curvatureIntegers(spec, forms[form].neutral(spec)),
      salts: [0n, 0n, 0n] as const,
    };
    const witness = solveWitness(tile.system, inputsOf(spec, [block, neutral]));
    expect(accepts(tile, witness)).toBe(true);
    const statement = tileStatement(spec, 2, 7n, [], []);
    const port = tile.system.ports.find(({ name }) => name === ports.after)!;
    expect(witness[port.variables[1]!]).toBe(statement.get(ports.after)![1]);
  });

  test('every value of the circuit is determined, but for one relation', () => {
    const { free, advice, determined, relations } = analyzeDeterminism(
      compileCircuit(tileCircuit(spec, 1)),
    );
    expect(free).toEqual([]);
    expect(determined).toBe(advice);
    expect(relations.map(({ elements }) => elements)).toEqual([size]);
  });
});

describe('certificates', () => {
  test.each(['kkt', 'inverse'] as const)('%s: refused below the floor', (form) => {
    const spec = stepOf(form, 3);
    const tile = tileOf(spec);
    const fraction = fractionOf(spec.formats.curvature);
    const floor = form === 'kkt' ? 1 : 2 ** -8;
    const slack = form === 'kkt' ? 2 ** -9 : 2 ** -12;
    const withEigenvalue = (least: number): boolean => {
      const diagonal = form === 'kkt' ? 2 : 0.5;
      const curvature = integersOf([least, 0, 0, diagonal, 0, diagonal], fraction);
      // Nothing is left to solve: a singular matrix does not make the honest prover give up.
      const pinned = form === 'kkt' ? 1 : 0;
      const block = { weights: [0, 0, 0], curvature, mask: [pinned, pinned, pinned] };
      return accepts(tile, solveWitness(tile.system, inputsOf(spec, [block])));
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

test('every form is among them', () => {
  expect([...new Set(sizes.map(([form]) => form))].sort()).toEqual([...formNames].sort());
});
