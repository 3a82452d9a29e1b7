// The three forms of Group OBS: θ_u of the fixed step within the derived ε of the float64 reference, accepted as a claim, and
// determined by the inputs.
import { describe, expect, test } from 'vitest';
import { analyzeDeterminism } from '../../../compiler/analyses/determinism/report.ts';
import { fractionOf } from '../../../compiler/ir/format.ts';
import { seededUniform } from '../../../stdlib/apex/explore/seeded.ts';
import {
  normalisedFisherBlock,
  obsFromCurvature,
  obsFromInverse,
} from '../../../stdlib/apex/reference/index.ts';
import { triangleIndex } from '../../../stdlib/matrix.ts';
import { inTier } from '../../tier.ts';
import { epsilonOf } from './epsilon.ts';
import {
  curvatureOf,
  floor,
  formNames,
  integersOf,
  stepOf,
  weightFormat,
  type FormName,
  type StepSpec,
} from './forms.ts';
import { acceptsBlock, claimOf, maskedOf, solved, type TestBlock } from './steps.ts';

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
const unit = 2 ** -fractionOf(weightFormat);

/** A block with real-looking gradients, 1 to 2 of its weights masked. */
function example(spec: StepSpec, seed: number) {
  const next = seededUniform(seed + 1);
  const { size } = spec;
  const gradients = Array.from({ length: 2 * size }, () =>
    Float64Array.from({ length: size }, () => next() - 0.5),
  );
  const theta = Array.from({ length: size }, () => next() - 0.5);
  const weights = integersOf(theta, fractionOf(weightFormat));
  const mask = weights.map((_, i) => (i === 0 || (i === 2 && seed % 2 === 0) ? 1 : 0));
  const observed = { gradients, damping: 0.05 + next() };
  const curvature = curvatureOf(spec, observed);
  return { observed, block: { weights, mask, curvature } satisfies TestBlock };
}

/** C' or K as registered: from the integers that are committed to. */
function registered({ form, size, rank = size, ...spec }: StepSpec, curvature: readonly number[]) {
  const one = 2 ** -fractionOf(spec.curvature);
  const at = (i: number, j: number): number =>
    curvature[triangleIndex(Math.min(i, j), Math.max(i, j), size)]! * one;
  const square = (entry: (i: number, j: number) => number) => ({
    rows: size,
    columns: size,
    entries: Float64Array.from({ length: size * size }, (_, k) =>
      entry(Math.floor(k / size), k % size),
    ),
  });
  if (form === 'kkt') return square(at);
  const g = (k: number, j: number): number =>
    rank < size ? curvature[k * size + j]! * one : k <= j ? at(k, j) : 0;
  return square((i, j) => {
    let sum = i === j ? (form === 'factor' ? 1 : floor) : 0;
    for (let k = 0; k < rank; k++) sum += g(k, i) * g(k, j);
    return sum;
  });
}

const distance = (a: readonly number[], b: readonly number[]): number =>
  Math.hypot(...a.map((value, i) => value - b[i]!));

describe.each(sizes)('%s of %i, rank %s', (form, size, rank) => {
  const spec = stepOf(form, size, rank);

  test('θ_u is within ε of the reference for the registered curvature, and near that of the gradients', () => {
    const epsilon = epsilonOf(spec);
    for (let seed = 0; seed < seeds; seed++) {
      const { block, observed } = example(spec, seed);
      const matrix = registered(spec, block.curvature);
      const weights = block.weights.map((integer) => integer * unit);
      const { mask } = block;
      const unlearned = solved(spec, block).unlearned.map((integer) => integer * unit);
      const exact =
        form === 'inverse'
          ? obsFromInverse({ inverse: matrix, weights, mask })
          : obsFromCurvature({ curvature: matrix, weights, mask });
      const wanted = weights.map((weight, i) => weight + exact[i]!);
      expect(distance(unlearned, wanted)).toBeLessThanOrEqual(epsilon);
      mask.forEach((bit, i) => bit === 1 && expect(unlearned[i]).toBe(0));
      if (rank !== undefined && rank < size) continue;
      // Before it was rounded.
      const curvature = normalisedFisherBlock(observed);
      const ideal = obsFromCurvature({ curvature, weights, mask });
      const near = weights.map((weight, i) => weight + ideal[i]!);
      expect(distance(unlearned, near)).toBeLessThan(0.01);
    }
  });

  test('the step is accepted as a claim, with open masks and with known ones', () => {
    for (const seed of [3, 4]) {
      const { block } = example(spec, seed);
      expect(acceptsBlock(spec, block)).toBe(true);
      expect(acceptsBlock(spec, block, maskedOf(block.mask))).toBe(true);
    }
  });

  test('every value of the claim is determined, with open masks and with known ones', () => {
    for (const masked of [undefined, maskedOf(example(spec, 2).block.mask)]) {
      const { free, advice, determined, relations } = analyzeDeterminism(claimOf(spec, masked));
      expect(free).toEqual([]);
      expect(determined).toBe(advice);
      expect(relations).toEqual([]);
    }
  });
});

test('every form is among them', () => {
  expect([...new Set(sizes.map(([form]) => form))].sort()).toEqual([...formNames].sort());
});
