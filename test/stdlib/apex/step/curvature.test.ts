import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fractionOf } from '../../../../compiler/ir/format.ts';
import {
  fisherBlock,
  obsFromCurvature,
  woodburyInverse,
} from '../../../../stdlib/apex/reference/index.ts';
import {
  blockEpsilon,
  checkProvable,
  conditionNumber,
  makeSpec,
  registeredBlock,
  solveMultipliers,
  unlearnedBlock,
} from '../../../../stdlib/apex/step/index.ts';
import { runs } from '../../../tier.ts';
import {
  denseInverse,
  integerFrom,
  randomGradients,
  randomWeights,
  rounded,
  sizes,
  someEntries,
  type Sizes,
} from './blocks.ts';

const bitsOf = (length: number, entries: readonly number[]): Uint8Array =>
  Uint8Array.from({ length }, (_, i) => (entries.includes(i) ? 1 : 0));

/** Gradients whose K' has no eigenvalue below 1/16, so that the floor φ changes nothing. */
function mildBlock(own: Sizes) {
  const { length, random } = own;
  const gradients = Array.from({ length: 6 }, () =>
    Float64Array.from({ length }, () => random.normal()),
  );
  const squares = gradients.flatMap((row) => [...row]).reduce((sum, g) => sum + g * g, 0);
  // λ_max(C) ≤ λ + tr F = 16 λ.
  return { gradients, damping: squares / 6 / 15, weights: randomWeights(own) };
}

/** 1/λ over the largest diagonal entry of C_RR⁻¹. */
function topEigenvalue(
  { length }: Sizes,
  { gradients, damping, dead }: { gradients: Float64Array[]; damping: number; dead: number[] },
): number {
  const own = gradients.map((row) => row.filter((_, i) => !dead.includes(i)));
  const { entries, rows } = woodburyInverse({ gradients: own, damping });
  expect(rows).toBe(length - dead.length);
  return (
    1 / damping / Math.max(...Array.from({ length: rows }, (_, i) => entries[i * (rows + 1)]!))
  );
}

test('K is the inverse of C up to its scale and the rounding of R; a floor adds at most φ to its diagonal', () => {
  fc.assert(
    fc.property(sizes, fc.constantFrom(1, 1, 1e-2, 1e-4), (own, damped) => {
      const { spec, length } = own;
      const { gradients, damping: mild, weights } = mildBlock(own);
      const damping = damped * mild;
      const block = rounded(spec, registeredBlock(spec, { weights, gradients, damping, dead: [] }));
      const { entries } = denseInverse(spec, block);
      const inverse = woodburyInverse({ gradients, damping }).entries;
      const scale = Math.max(...Array.from({ length }, (_, i) => inverse[i * (length + 1)]!));
      // Columns of R are at most 1 long, and each is off by half a unit an entry.
      const off = 2.1 * Math.sqrt(length) * 2 ** -12;
      const differences = entries.map((entry, i) => entry - inverse[i]! / scale);
      const onDiagonal = differences.filter((_, i) => i % (length + 1) === 0);
      const offDiagonal = differences.filter((_, i) => i % (length + 1) !== 0);
      const floor = damped === 1 ? 0 : 2 ** -8;
      expect(Math.min(...onDiagonal)).toBeGreaterThan(-off);
      expect(Math.max(...onDiagonal)).toBeLessThan(off + floor);
      expect(Math.max(0, ...offDiagonal.map(Math.abs))).toBeLessThan(off);
    }),
    { numRuns: runs(80) },
  );
});

test('a newcomer’s step is Group OBS of the dead and the masked', () => {
  fc.assert(
    fc.property(sizes, (own) => {
      const { spec, length, random } = own;
      const { gradients, damping, weights } = mildBlock(own);
      const dead = someEntries(random, length, 0.2);
      const live = someEntries(random, length, 0.2).filter((entry) => !dead.includes(entry));
      const both = [...dead, ...live].sort((a, b) => a - b);
      const curvature = fisherBlock({ gradients, damping });
      const expected = obsFromCurvature({ curvature, weights, mask: bitsOf(length, both) });

      const registered = registeredBlock(spec, { weights, gradients, damping, dead });
      const block = rounded(spec, registered);
      expect(checkProvable(spec, block)).toBeUndefined();
      for (const entry of dead) expect(block.weights[entry]).toBe(0);
      const multipliers = solveMultipliers(spec, block, live);
      const after = unlearnedBlock(spec, block, { live, dead, multipliers });
      const unit = 2 ** -fractionOf(spec.weights);
      const distance = Math.hypot(
        ...Array.from(after, (weight, i) => weight * unit - weights[i]! - expected[i]!),
      );
      // R is off by E, so K by ΔK = EᵀR + RᵀE + EᵀE and K_CS K_SS⁻¹ θ_S by ‖ΔK‖ (1 + ‖K_CS K_SS⁻¹‖) ‖θ_S‖ / λ_min(K_SS). The
      // eigenvalues of K' lie from top/16 to top. θ is rounded by half a unit, which the step enlarges by √κ at most.
      const top = live.length === 0 ? 1 : topEigenvalue(own, { gradients, damping, dead });
      const error = Math.hypot(...registered.root.map((entry, i) => entry - block.root[i]! / 2048));
      const moved = error * (2 * Math.sqrt(top) + error);
      expect(moved).toBeLessThan(top / 32);
      const norm = Math.hypot(...live.map((entry) => registered.weights[entry]!));
      const ofRoot = (moved * (1 + 15 / 8) * norm) / (top / 16 - moved);
      const ofWeights = Math.sqrt(length) * (unit / 2) * (1 + Math.sqrt(conditionNumber(spec)));
      expect(distance).toBeLessThanOrEqual(ofRoot + ofWeights + blockEpsilon(spec, live.length));
    }),
    { numRuns: runs(120) },
  );
});

test('every block is provable, whatever the gradients and the damping', () => {
  fc.assert(
    fc.property(sizes, fc.double({ min: -40, max: 40, noNaN: true }), (own, exponent) => {
      const { spec, length, random } = own;
      const dead = random.uniform() < 0.5 ? [] : someEntries(random, length, random.uniform());
      const gradients = randomGradients(own);
      if (random.uniform() < 0.2)
        gradients.forEach((row) => row.fill(0, 0, integerFrom(random, 0, length)));
      const weights = randomWeights(own);
      const registered = registeredBlock(spec, {
        weights,
        gradients,
        damping: 10 ** exponent,
        dead,
      });
      const block = rounded(spec, { ...registered, weights });
      expect(checkProvable(spec, block)).toBeUndefined();
      expect(Math.max(...registered.root)).toBeLessThanOrEqual(1 - 2 ** -11);
      for (const entry of dead) expect(registered.weights[entry]).toBe(0);
      const inverse = denseInverse(spec, block);
      for (const entry of dead)
        for (let i = 0; i < length; i++)
          expect(inverse.entries[entry * length + i]).toBe(i === entry ? 2 ** -8 : 0);
    }),
    { numRuns: runs(160) },
  );
});

describe('by hand', () => {
  const spec = makeSpec({ size: 4, weightBits: 24, weightRange: 4 });
  test('no gradients to speak of: K = I', () => {
    const gradients = [new Float64Array(3)];
    const { root } = registeredBlock(spec, {
      weights: new Float64Array(3),
      gradients,
      damping: 1,
      dead: [1],
    });
    const head = Math.sqrt(1 - 2 ** -8);
    expect([...root]).toEqual([head, 0, 0, 0, 0, 0, 0, 0, 0, 0, head, 0]);
  });

  test('the dead are compensated for', () => {
    // C = [[2, 1], [1, 2]]: θ = (3, 5) without the first is (0, 5 + 3/2).
    const gradients = [Float32Array.of(1, 1)];
    const input = { weights: Float64Array.of(3, 5), gradients, damping: 1 };
    expect([...registeredBlock(spec, { ...input, dead: [0] }).weights]).toEqual([0, 6.5]);
    expect([...registeredBlock(spec, { ...input, dead: [0, 1] }).weights]).toEqual([0, 0]);
    expect([...registeredBlock(spec, { ...input, dead: [] }).weights]).toEqual([3, 5]);
  });

  test.each<[string, object, string]>([
    ['no examples', { gradients: [] }, 'gradients: has 0 examples'],
    ['gradients of another length', { gradients: [Float64Array.of(1)] }, 'has 1 entries where 2'],
    ['NaN', { gradients: [Float64Array.of(1, NaN)] }, 'entry 1 is NaN'],
    ['λ = 0', { damping: 0 }, 'lambda is 0'],
    ['λ without an inverse', { damping: 5e-324 }, 'with lambda 5e-324'],
    ['an infinite weight', { weights: Float64Array.of(1, Infinity) }, 'entry 1 is Infinity'],
    [
      'squares that overflow',
      { gradients: [Float64Array.of(1e200, 1)] },
      'their mean square is Infinity',
    ],
  ])('%s is refused', (_, change, message) => {
    const input = {
      weights: Float64Array.of(3, 5),
      gradients: [Float64Array.of(1, 1)],
      damping: 1,
      dead: [],
    };
    expect(() => registeredBlock(spec, { ...input, ...change })).toThrow(message);
  });
});
