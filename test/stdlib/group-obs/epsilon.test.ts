// How far from the exact step a claim of the form `inverse` can be that is accepted: what is found at the ends of the root's
// format lies within the derived ε, and not far within.
import { describe, expect, test } from 'vitest';
import { seededUniform } from '../../../stdlib/apex/explore/seeded.ts';
import { triangleIndex } from '../../../stdlib/matrix.ts';
import { epsilonOf } from './epsilon.ts';
import { stepOf } from './forms.ts';
import { acceptsBlock, maskedOf } from './steps.ts';

/** K for integers of its root. */
function inverseOf(root: readonly number[], size: number): number[][] {
  const at = (k: number, i: number): number =>
    k > i ? 0 : root[triangleIndex(k, i, size)]! / 2 ** 11;
  const all = Array.from({ length: size }, (_, i) => i);
  return all.map((i) =>
    all.map((j) => all.reduce((sum, k) => sum + at(k, i) * at(k, j), i === j ? 2 ** -8 : 0)),
  );
}

/** X with M X = B. */
function solved(m: readonly (readonly number[])[], b: readonly (readonly number[])[]): number[][] {
  const rows = m.map((row, i) => [...row, ...b[i]!]);
  rows.forEach((_, k) => {
    const rest = rows.slice(k).map((row) => Math.abs(row[k]!));
    const pivot = k + rest.indexOf(Math.max(...rest));
    [rows[k], rows[pivot]] = [rows[pivot]!, rows[k]!];
    rows.forEach((row, i) => {
      const factor = row[k]! / rows[k]![k]!;
      if (i !== k) rows[i] = row.map((x, j) => x - factor * rows[k]![j]!);
    });
  });
  return rows.map((row, k) => row.slice(m.length).map((x) => x / row[k]!));
}

/** The largest distance that residuals of at most 1 can cause: a convex function of them, so at a corner. */
function worst(root: readonly number[], masked: readonly number[], size: number): number {
  const k = inverseOf(root, size);
  const free = k.map((_, i) => i).filter((i) => !masked.includes(i));
  const inner = masked.map((i) => masked.map((j) => k[i]![j]!));
  // (K_US K_SS⁻¹)ᵀ, by K's symmetry.
  const a = solved(
    inner,
    masked.map((i) => free.map((u) => k[i]![u]!)),
  );
  const corners = Array.from({ length: 2 ** masked.length }, (_, bits) =>
    masked.map((_, i) => ((bits >> i) & 1 ? 1 : -1)),
  );
  const distance = (corner: readonly number[]): number =>
    Math.hypot(
      ...free.map((_, u) => 1 + Math.abs(corner.reduce((sum, s, i) => sum + s * a[i]![u]!, 0))),
    );
  return Math.max(...corners.map(distance));
}

test.each([2, 3, 5])('blocks of %i: what climbing finds lies between ε / 4 and ε', (size) => {
  const spec = stepOf('inverse', size);
  const epsilon = epsilonOf(spec) / spec.tolerance;
  const next = seededUniform(size);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]!;
  const length = (size * (size + 1)) / 2;
  const ends = [-2048, 2047, 0, 1, -1, 128, -128];
  let most = 0;
  for (let start = 0; start < 12; start++) {
    let root = Array.from({ length }, () => pick(ends));
    const some = Array.from({ length: size }, (_, i) => i).filter(() => next() < 0.5);
    const masked = some.length === 0 ? [size - 1] : some.slice(0, size - 1);
    let best = worst(root, masked, size);
    for (let step = 0; step < 250; step++) {
      const entry = next() < 0.6 ? pick(ends) : Math.floor(4096 * next()) - 2048;
      const other = root.with(Math.floor(next() * length), entry);
      const found = worst(other, masked, size);
      expect(found).toBeLessThanOrEqual(epsilon);
      if (found >= best) [best, root] = [found, other];
    }
    most = Math.max(most, best);
  }
  expect(most).toBeGreaterThan(epsilon / 4);
});

describe('a residual of τ on the mask, eight times as much beside it', () => {
  // K_11 = 2⁻⁷ and K_01 = 2⁻⁴: the exact step moves the other weight by −8 θ_1.
  const spec = stepOf('inverse', 2);
  const block = { curvature: [-2048, -128, 0], weights: [77, 1000], mask: [0, 1] };
  const exact = 77 - 8 * 1000;
  const accepted = (moved: number, multiplier: number): boolean[] => {
    const claim = { ...block, unlearned: [exact + moved, 0], multipliers: [0, multiplier] };
    return [undefined, maskedOf(block.mask)].map((masked) => acceptsBlock(spec, claim, masked));
  };

  test('is accepted, with masks open and known', () => {
    expect(accepted(-8, -1001 * 256)).toEqual([true, true]);
  });

  test('and more is refused, whatever ν is', () => {
    for (const moved of [-10, 9])
      for (let nu = -1003 * 256; nu <= -997 * 256; nu += 64)
        expect(accepted(moved, nu)).toEqual([false, false]);
  });
});
