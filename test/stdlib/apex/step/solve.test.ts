// Every S of every block that `checkProvable` accepts has multipliers within the tolerance, and θ_u within ε of the exact step.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatInterval, fractionOf } from '../../../../compiler/ir/format.ts';
import { obsFromInverse, type Matrix } from '../../../../stdlib/apex/reference/index.ts';
import {
  blockEpsilon,
  checkProvable,
  columnLengths,
  columnOffsets,
  exactResiduals,
  makeSpec,
  multiplierFormat,
  solveMultipliers,
  unlearnedBlock,
  type HeldBlock,
  type StepSpec,
} from '../../../../stdlib/apex/step/index.ts';
import { runs } from '../../../tier.ts';
import { anyBlock, definition, denseInverse, honestBlock, sizes, someEntries } from './blocks.ts';

/** The exact step in doubles, clamped as θ_u is. */
function exactStep(
  spec: StepSpec,
  { block, inverse }: { block: HeldBlock; inverse: Matrix },
  live: readonly number[],
): Float64Array {
  const unit = 2 ** -fractionOf(spec.weights);
  const weights = Float64Array.from(block.weights, (weight) => weight * unit);
  const mask = Uint8Array.from(weights, (_, i) => (live.includes(i) ? 1 : 0));
  const delta = obsFromInverse({ inverse, weights, mask });
  const { low, high } = formatInterval(spec.weights);
  const clamp = (value: number) =>
    Math.min(Number(high) * unit, Math.max(Number(low) * unit, value));
  return weights.map((weight, i) => clamp(weight + delta[i]!));
}

function expectProved(
  spec: StepSpec,
  block: HeldBlock,
  live: readonly number[],
  inverse = denseInverse(spec, block),
): void {
  const multipliers = solveMultipliers(spec, block, live);
  const { low, high } = formatInterval(multiplierFormat(spec));
  expect(multipliers.every((each) => BigInt(each) >= low && BigInt(each) <= high)).toBe(true);
  const step = { live, dead: [], multipliers };
  const written = definition(spec, block, step);
  expect(exactResiduals(spec, block, live, multipliers)).toEqual(written.residuals);
  const units = 2 ** (22 + fractionOf(multiplierFormat(spec)));
  const largest = Math.max(0, ...written.residuals.map((each) => Math.abs(Number(each))));
  expect(largest).toBeLessThanOrEqual(spec.tolerance * units);
  expect(written.residuals.every((each) => Number(each) < spec.tolerance * units)).toBe(true);

  const unit = 2 ** -fractionOf(spec.weights);
  const exact = exactStep(spec, { block, inverse }, live);
  const after = unlearnedBlock(spec, block, step);
  const distance = Math.hypot(...exact.map((weight, i) => after[i]! * unit - weight));
  // Doubles lose far less than a thousandth of ε here.
  expect(distance).toBeLessThanOrEqual(1.001 * blockEpsilon(spec, live.length));
}

test('every S of an honest block is proved', () => {
  fc.assert(
    fc.property(sizes, (own) => {
      const block = honestBlock(own);
      expect(checkProvable(own.spec, block)).toBeUndefined();
      const inverse = denseInverse(own.spec, block);
      for (const share of [0, own.random.uniform(), 1])
        expectProved(own.spec, block, someEntries(own.random, own.length, share), inverse);
    }),
    { numRuns: runs(120) },
  );
});

test('every S of any block that is accepted, near the edge of the tolerance', () => {
  let accepted = 0;
  fc.assert(
    fc.property(sizes, fc.integer({ min: 0, max: 5 }), (own, exponent) => {
      const spec = { ...own.spec, tolerance: own.spec.tolerance * 2 ** exponent };
      const { random } = own;
      // The largest of these roots that is accepted.
      for (let largest = 2048; largest >= 1; largest = Math.floor(largest * 0.8)) {
        const block = anyBlock({ ...own, spec }, largest);
        if (checkProvable(spec, block) !== undefined) continue;
        accepted++;
        expectProved(spec, block, someEntries(random, own.length, random.uniform()));
        break;
      }
    }),
    { numRuns: runs(120) },
  );
  expect(accepted).toBeGreaterThan(runs(120) / 2);
});

test('a residual of τ is too large: a tile holds −τ ≤ r < τ', () => {
  // K = 4, which `checkProvable` refuses: θ = 3 would take ν = 1 and leave one unit.
  const spec = makeSpec({ size: 1, weightBits: 16, weightRange: 4 });
  const root = Int16Array.of(-2048, -2048, -2048, -2044);
  const of = (weight: number) =>
    solveMultipliers(spec, { weights: Int32Array.of(weight), root }, [0]);
  expect([...of(5)]).toEqual([1]);
  expect(() => of(3)).toThrow('no multipliers of 1 weights meet the tolerance');
});

describe.each([1, 8, 16, 32, 48, 64])('all weights of a block of %d masked', (size) => {
  const spec = makeSpec({ size, weightBits: 24, weightRange: 4 });
  const all = Array.from({ length: size }, (_, i) => i);
  const extreme = Int32Array.from(all, (i) => (i % 3 === 0 ? -(2 ** 23) : 2 ** 23 - 1 - i));
  const rootWith = (entry: (i: number, t: number) => number): Int16Array =>
    Int16Array.from(
      all.flatMap((i) =>
        Array.from({ length: columnLengths(size)[i]! }, (_, t) => (t <= i ? entry(i, t) : 0)),
      ),
    );

  test.each([
    ['every entry of K near 1, RᵀR of rank 1', rootWith((_, t) => (t === 0 ? 2044 : 0))],
    ['signs in turn', rootWith((i, t) => (t === 0 ? (i % 2 ? 2044 : -2048) : 0))],
    ['K = φ I', rootWith(() => 0)],
    ['K nearly I', rootWith((i, t) => (t === i ? 2047 : 0))],
  ])('%s', (_, root) => {
    const block = { weights: extreme, root };
    expect(checkProvable(spec, block)).toBeUndefined();
    expectProved(spec, block, all);
    expectProved(spec, block, [size - 1]);
  });
});

test('one window after another is one window of their union', () => {
  fc.assert(
    fc.property(sizes, (own) => {
      const { spec, length, random } = own;
      const block = honestBlock(own);
      const first = someEntries(random, length, 0.2);
      const union = [...new Set([...first, ...someEntries(random, length, 0.2)])].sort(
        (a, b) => a - b,
      );
      const unit = 2 ** -fractionOf(spec.weights);
      const inverse = denseInverse(spec, block);
      // Real steps: for S₁, and then for S₁ ∪ S₂ from where that led.
      let weights = Float64Array.from(block.weights, (weight) => weight * unit);
      for (const live of [first, union]) {
        const mask = Uint8Array.from(weights, (_, i) => (live.includes(i) ? 1 : 0));
        const delta = obsFromInverse({ inverse, weights, mask });
        weights = weights.map((weight, i) => weight + delta[i]!);
      }
      const range = formatInterval(spec.weights);
      const clamped = weights.map((weight) =>
        Math.min(Number(range.high) * unit, Math.max(Number(range.low) * unit, weight)),
      );
      // The window itself: the union, from what was registered.
      const multipliers = solveMultipliers(spec, block, union);
      const after = unlearnedBlock(spec, block, { live: union, dead: [], multipliers });
      const distance = Math.hypot(...clamped.map((weight, i) => after[i]! * unit - weight));
      expect(distance).toBeLessThanOrEqual(1.001 * blockEpsilon(spec, union.length));
    }),
    { numRuns: runs(80) },
  );
});

describe('checkProvable refuses', () => {
  const spec = makeSpec({ size: 32, weightBits: 24, weightRange: 4 });
  const root = new Int16Array(columnOffsets(32)[32]!);
  const weights = new Int32Array(32);
  test.each<[string, HeldBlock, string]>([
    [
      'a root too short',
      { weights, root: root.slice(1) },
      'it has 32 weights and 639 entries of R',
    ],
    ['no weights', { weights: new Int32Array(), root: new Int16Array() }, 'it has 0 weights'],
    [
      'a weight too large',
      { weights: weights.map(() => 2 ** 23), root },
      'a weight lies outside of q24.21',
    ],
    [
      'an entry of R too large',
      { weights, root: root.map(() => 2048) },
      'an entry of R lies outside of q12.11',
    ],
    [
      'a curvature too large',
      { weights, root: root.map(() => 2047) },
      'its curvature is too large',
    ],
  ])('%s', (_, block, message) => {
    expect(checkProvable(spec, { weights, root })).toBeUndefined();
    expect(checkProvable(spec, block)).toContain(message);
  });

  test('a curvature just past the tolerance', () => {
    // d = 8, τ = 2^25 units: rows of |K| may sum to 16 less a margin, and to 14 + φ here.
    const small = makeSpec({ size: 8, weightBits: 24, weightRange: 4 });
    const of = (columns: number) =>
      Int16Array.from({ length: 48 }, (_, at) => {
        const [i, t] = at < 16 ? [at >> 2, at & 3] : [4 + ((at - 16) >> 3), (at - 16) & 7];
        return i < columns && t < 2 ? -2048 : 0;
      });
    const held = (columns: number) => ({ weights: new Int32Array(8), root: of(columns) });
    expect(checkProvable(small, held(7))).toBeUndefined();
    expect(checkProvable(small, held(8))).toContain('its curvature is too large');
    expect(checkProvable({ ...small, tolerance: 2 * small.tolerance }, held(8))).toBeUndefined();
  });

  test('weights whose multipliers could leave their format', () => {
    const wide = { ...makeSpec({ size: 32, weightBits: 31, weightRange: 4 }), size: 64 };
    const own = { weights: new Int32Array(64).fill(-(2 ** 30)), root: new Int16Array(2560) };
    expect(checkProvable(wide, own)).toBe('its weights are too large for the multipliers');
  });
});
