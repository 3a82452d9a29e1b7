// Dishonest claims: what the constraints refuse, whatever a prover writes into the variables.
import { describe, expect, test } from 'vitest';
import { compileCircuit } from '../../../compiler/compile.ts';
import { checkWitness } from '../../../compiler/constraints/checker.ts';
import { solveWitness } from '../../../compiler/constraints/witness.ts';
import { fractionOf } from '../../../compiler/ir/format.ts';
import { circuit, q } from '../../../dsl/index.ts';
import { seededUniform } from '../../../stdlib/apex/explore/seeded.ts';
import { assertDefinite } from '../../../stdlib/definite.ts';
import { triangleIndex, triangleLength } from '../../../stdlib/matrix.ts';
import { choleskyRoot } from './cholesky.ts';
import { triangleOf } from './curvatures.ts';
import {
  certificateFormat,
  curvatureOf,
  formNames,
  integersOf,
  ports,
  slack,
  stepOf,
  weightFormat,
  type StepSpec,
} from './forms.ts';
import {
  accepts,
  acceptsBlock,
  claimInputs,
  claimOf,
  maskedOf,
  solved,
  type TestBlock,
} from './steps.ts';

const block = { weights: [9000, -500, 77], mask: [1, 0, 0] };
const masks = { 'an open mask': undefined, 'a known mask': maskedOf(block.mask) };
const fraction = fractionOf(weightFormat);

/** C' = I. */
const identityOf = (spec: StepSpec): number[] =>
  curvatureOf(spec, { gradients: [new Float64Array(spec.size)], damping: 1 });

describe.each(formNames)('%s', (form) => {
  const spec = stepOf(form, 3);
  const honest = { ...block, curvature: identityOf(spec) };
  const { unlearned, multipliers } = solved(spec, honest);

  describe.each(Object.entries(masks))('%s', (_, masked) => {
    const accepted = (own: Partial<TestBlock>): boolean =>
      acceptsBlock(spec, { ...honest, unlearned, multipliers, ...own }, masked);
    const moved = (at: number, by: number): number[] =>
      unlearned.map((value, i) => (i === at ? value + by : value));

    test('the honest witness', () => {
      expect(accepted({})).toBe(true);
    });

    test('a residual of just τ, on both sides of both borders', () => {
      // With C' = I the residual of an unmasked weight is its movement; of `inverse` it counts from θ_u.
      const limit = spec.tolerance * 2 ** fraction;
      const sign = form === 'inverse' ? -1 : 1;
      const by = [-limit - 1, -limit, limit - 1, limit].map((each) => sign * each);
      expect(by.map((each) => accepted({ unlearned: moved(1, each) }))).toEqual([
        false,
        true,
        true,
        false,
      ]);
    });

    test('a masked weight left as it was, or near it, or near 0', () => {
      for (const left of [9000, 8999, 1, -1])
        expect(accepted({ unlearned: moved(0, left) })).toBe(false);
    });
  });

  test('a mask of other bits', () => {
    const { system } = claimOf(spec);
    const inputs = claimInputs(spec, honest);
    const { variables } = system.ports.find(({ name }) => name === ports.mask)!;
    for (const value of [2n, -1n, 1n << 100n]) {
      const witness = solveWitness(system, inputs, new Map([[variables[2]!, value]]));
      expect(checkWitness(system, witness)).toBeDefined();
    }
  });
});

describe('inverse: multipliers', () => {
  const spec = stepOf('inverse', 3);
  const honest = { ...block, curvature: [2040, 700, -300, 1500, 200, 1800] };
  const { unlearned, multipliers } = solved(spec, honest);
  const [masked] = multipliers;

  test.each(Object.entries(masks))('%s: only those that clear the mask', (_, known) => {
    const accepted = (own: Partial<TestBlock>): boolean =>
      acceptsBlock(spec, { ...honest, unlearned, multipliers, ...own }, known);
    const unmoved = [0, ...block.weights.slice(1)];
    expect(accepted({})).toBe(true);
    expect(accepted({ multipliers: [0, 0, 0] })).toBe(false);
    expect(accepted({ multipliers: [masked! + 4096, 0, 0] })).toBe(false);
    expect(accepted({ unlearned: unmoved })).toBe(false);
    expect(accepted({ unlearned: unmoved, multipliers: [0, 0, 0] })).toBe(false);
  });

  test('an open mask: none for weights that are kept', () => {
    // ν on the second weight would move it at will.
    const k = 2 ** -8 + (700 ** 2 + 1500 ** 2) / 2 ** 22;
    const wanted = 400;
    const by = Math.round(((wanted - unlearned[1]!) * 2) / k);
    const forged = {
      ...honest,
      unlearned: [0, wanted, unlearned[2]!],
      multipliers: [masked!, by, 0],
    };
    expect(acceptsBlock(spec, forged)).toBe(false);
  });
});

describe("C' = 0", () => {
  // With it every compensation passes: (C'δ)_i = 0 for all δ.
  test('kkt: no certificate passes for it, nor for what is below the floor', () => {
    const size = 3;
    const bits = 14;
    const length = triangleLength(size);
    const certificate = compileCircuit(
      circuit('certificate', {}, (c) => {
        const triangle = c.secret('triangle', q(24, bits), [1, length]);
        const root = c.secret('root', certificateFormat, [1, length]);
        assertDefinite({ triangle, root, size, floor: 1, slack });
        triangle.expose('seen');
      }),
    );
    const passes = (triangle: readonly number[], root: readonly number[]): boolean =>
      accepts(
        certificate,
        new Map([
          ['triangle', triangle.map(BigInt)],
          ['root', root.map(BigInt)],
        ]),
      );
    const scaled = (by: number): number[] =>
      integersOf(
        triangleOf(size, (i, j) => (i === j ? by : 0)),
        bits,
      );
    const zero = new Array<number>(length).fill(0);
    expect(passes(scaled(1), zero)).toBe(true);
    expect(passes(scaled(1 - slack), zero)).toBe(true);
    expect(passes(scaled(1 - slack - 2 ** -bits), zero)).toBe(false);
    expect(passes(zero, zero)).toBe(false);
    const next = seededUniform(3);
    for (let i = 0; i < 200; i++) {
      const limit = 2 ** (i % 24);
      const root = zero.map(() => Math.floor(limit * (next() - 0.5)));
      expect(passes(zero, root)).toBe(false);
      expect(passes(scaled(1 - 2 * slack), root)).toBe(false);
    }
  });

  test('factor: there is no such G', () => {
    // C' = I + GᵀG: G = 0 is C' = I, and leaves nothing free.
    const spec = stepOf('factor', 3);
    const zero = new Array<number>(6).fill(0);
    expect(identityOf(spec)).toEqual(zero);
    const own = { weights: [900, 1, 2], curvature: zero, mask: [1, 0, 0] };
    expect(acceptsBlock(spec, { ...own, unlearned: [0, 1, 2] })).toBe(true);
    const past = spec.tolerance * 2 ** fraction;
    expect(acceptsBlock(spec, { ...own, unlearned: [0, 1 + past, 2] })).toBe(false);
  });
});

describe('a curvature constructed for the mask (math.md, 5.1)', () => {
  // Which curvature it is, the step cannot judge: whoever uses it has to commit to one before a mask is known.
  const size = 4;
  const mask = [1, 0, 0, 0];
  const theta = [0.9, 0.4, -0.3, 0.2];
  /** The weights that the attacker wants. */
  const wanted = [0, 0.7, -0.1, 0.45];
  const delta = wanted.map((each, i) => each - theta[i]!);

  /** s(I − ûûᵀ) + κ vvᵀ/(vᵀδ), with v = δ on the mask and 0 elsewhere: C δ = κ v. */
  function constructed(s: number, kappa: number): Float64Array {
    const norm = Math.hypot(...delta);
    const v = delta.map((each, i) => mask[i]! * each);
    const along = v.reduce((sum, each, i) => sum + each * delta[i]!, 0);
    return triangleOf(
      size,
      (i, j) =>
        s * ((i === j ? 1 : 0) - (delta[i]! * delta[j]!) / norm ** 2) +
        (kappa * v[i]! * v[j]!) / along,
    );
  }

  const curvature = constructed(64, 16);
  const lowered = triangleOf(
    size,
    (i, j) => curvature[triangleIndex(i, j, size)]! - (i === j ? 1 : 0),
  );

  test.each([
    ['kkt', curvature, 2 ** -8],
    // G is coarser than C', and leaves residuals of its rounding.
    ['factor', choleskyRoot(lowered, size), 2 ** -2],
  ] as const)('%s: the step accepts it', (form, reals, tolerance) => {
    const spec = { ...stepOf(form, size), tolerance };
    const own = {
      weights: integersOf(theta, fraction),
      curvature: integersOf(reals, fractionOf(spec.curvature)),
      mask,
    };
    expect(acceptsBlock(spec, own)).toBe(true);
    const claim = { ...own, unlearned: integersOf(wanted, fraction) };
    for (const masked of [undefined, maskedOf(mask)])
      expect(acceptsBlock(spec, claim, masked)).toBe(true);
  });
});
