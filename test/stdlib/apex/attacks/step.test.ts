// Dishonest witnesses for the circuit of a tile: what its constraints refuse, whatever a prover writes into the variables.
import { describe, expect, test } from 'vitest';
import { compileCircuit } from '../../../../compiler/compile.ts';
import { solveWitness } from '../../../../compiler/constraints/witness.ts';
import { canonical } from '../../../../compiler/numbers/field.ts';
import { fractionOf } from '../../../../compiler/ir/format.ts';
import { circuit, q } from '../../../../dsl/index.ts';
import { assertDefinite } from '../../../../stdlib/definite.ts';
import { triangleIndex, triangleLength } from '../../../../stdlib/matrix.ts';
import { openLayout } from '../../../../stdlib/apex/circuit/layout.ts';
import { ports } from '../../../../stdlib/apex/circuit/tile.ts';
import { choleskyRoot } from '../../../../stdlib/apex/forms/cholesky.ts';
import { blockLeaf, curvatureDigest } from '../../../../stdlib/apex/commitments/leaf.ts';
import { curvatureWords, weightWords } from '../../../../stdlib/apex/commitments/words.ts';
import { forms, type FormName } from '../../../../stdlib/apex/index.ts';
import { inTier } from '../../../tier.ts';
import { draft, reasonFor, rooted, withLeaf } from '../bundles.ts';
import { random, spread, World } from '../fixture.ts';
import {
  accepts,
  acceptsBlock,
  curvatureIntegers,
  formNames,
  identityCurvature,
  inputsOf,
  integersOf,
  knownLayout,
  solved,
  stepOf,
  tileOf,
  type TestBlock,
} from '../steps.ts';

const block = { weights: [9000, -500, 77], mask: [1, 0, 0] };
const layouts = { 'an open mask': openLayout(1), 'a known mask': knownLayout(block.mask) };

describe.each(formNames)('%s', (form) => {
  const spec = stepOf(form, 3);
  const { tolerance, weights: format } = spec.formats;
  const honest = { ...block, curvature: identityCurvature(spec) };
  const { unlearned, multipliers } = solved(spec, honest);

  describe.each(Object.entries(layouts))('%s', (_, layout) => {
    const tile = tileOf(spec, layout);
    const inputs = inputsOf(spec, [honest], layout);
    const accepted = (own: Partial<TestBlock>): boolean => {
      const claim = { ...honest, unlearned, multipliers, ...own };
      return accepts(tile, solveWitness(tile.system, inputsOf(spec, [claim], layout)));
    };
    const moved = (at: number, by: number, of: readonly number[]): number[] =>
      of.map((value, i) => (i === at ? value + by : value));

    test('the honest witness', () => {
      expect(accepted({})).toBe(true);
    });

    test('a residual of just τ, on both sides of both borders', () => {
      // With C' = I the residual of an unmasked weight is its movement; of `inverse` it counts from θ_u.
      const limit = tolerance * 2 ** fractionOf(format);
      const sign = form === 'inverse' ? -1 : 1;
      const by = [-limit - 1, -limit, limit - 1, limit].map((each) => sign * each);
      expect(by.map((each) => accepted({ unlearned: moved(1, each, unlearned) }))).toEqual([
        false,
        true,
        true,
        false,
      ]);
    });

    test('a masked weight left as it was, or near it, or near 0', () => {
      for (const left of [9000, 8999, 1, -1])
        expect(accepted({ unlearned: moved(0, left, unlearned) })).toBe(false);
    });

    test('words that are not the ones of the numbers', () => {
      const words = tile.system.ports.filter(({ name }) =>
        [ports.weights, ports.curvature, ports.unlearned].some((each) => each === name),
      );
      expect(words).toHaveLength(3);
      for (const { variables } of words)
        for (const by of [1n << 16n, 1n << 63n, -(1n << 64n), 1n << 64n, 1n << 200n]) {
          const value = inputs.get(words.find((own) => own.variables === variables)!.name)![0]!;
          const witness = solveWitness(tile.system, inputs, new Map([[variables[0]!, value + by]]));
          const leaves = [ports.before, ports.after].map((name) => witness[outputOf(name)]);
          const known = solveWitness(tile.system, inputs);
          const same = [ports.before, ports.after].map((name) => known[outputOf(name)]);
          // Refused, or other commitments.
          expect(accepts(tile, witness) && leaves.every((leaf, i) => leaf === same[i])).toBe(false);
          if (by >= 1n << 64n || value + by < 0n) expect(accepts(tile, witness)).toBe(false);
        }
    });

    test('limbs and random bits of a word shifted against each other, its value kept', () => {
      const known = solveWitness(tile.system, inputs);
      const rows = tile.system.gates.flatMap(({ gate }) => (gate.kind === 'range64' ? gate : []));
      expect(rows.length).toBeGreaterThan(10);
      for (const { limbs } of rows)
        for (const [k, limb] of limbs.entries())
          for (const by of [1n, -1n]) {
            const shifted = new Map([[limb, canonical(known[limb]! + by)]]);
            // From the limb below, or from the random bits.
            const below = limbs[k - 1];
            if (below !== undefined) shifted.set(below, canonical(known[below]! - 4096n * by));
            expect(accepts(tile, solveWitness(tile.system, inputs, shifted))).toBe(false);
          }
    });

    test('another leaf than the words say', () => {
      for (const name of [ports.before, ports.after])
        for (const by of [1n, -1n]) {
          const at = outputOf(name);
          const leaf = solveWitness(tile.system, inputs)[at]!;
          const witness = solveWitness(tile.system, inputs, new Map([[at, leaf + by]]));
          expect(accepts(tile, witness)).toBe(false);
        }
    });

    function outputOf(name: string): number {
      return tile.system.ports.find((port) => port.name === name)!.variables[0]!;
    }
  });

  test('a mask of other bits than the statement has', () => {
    const tile = tileOf(spec);
    const inputs = inputsOf(spec, [honest]);
    const { variables } = tile.system.ports.find(({ name }) => name === ports.mask)!;
    for (const value of [2n, -1n, 1n << 100n]) {
      const witness = solveWitness(tile.system, inputs, new Map([[variables[2]!, value]]));
      expect(accepts(tile, witness)).toBe(false);
    }
  });
});

describe('inverse: multipliers', () => {
  const spec = stepOf('inverse', 3);
  const honest = { ...block, curvature: [2040, 700, -300, 1500, 200, 1800] };
  const { unlearned, multipliers } = solved(spec, honest);
  const [masked] = multipliers;

  test.each(Object.entries(layouts))('%s: only those that clear the mask', (_, layout) => {
    const accepted = (own: Partial<TestBlock>): boolean =>
      acceptsBlock(spec, { ...honest, unlearned, multipliers, ...own }, layout);
    expect(accepted({})).toBe(true);
    expect(accepted({ multipliers: [0, 0, 0] })).toBe(false);
    expect(accepted({ multipliers: [masked! + 4096, 0, 0] })).toBe(false);
    // What would leave the other weights as they were.
    expect(accepted({ unlearned: [0, ...block.weights.slice(1)] })).toBe(false);
    expect(accepted({ unlearned: [0, ...block.weights.slice(1)], multipliers: [0, 0, 0] })).toBe(
      false,
    );
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
  test.each([['kkt', 24, 14, 17, 1, 2 ** -9]] as const)(
    '%s: no certificate passes for it',
    (_, bits, fraction, rootFraction, floor, slack) => {
      const size = 3;
      const length = triangleLength(size);
      const certificate = compileCircuit(
        circuit('certificate', {}, (c) => {
          const triangle = c.secret('triangle', q(bits, fraction), [1, length]);
          const root = c.secret('root', q(24, rootFraction), [1, length]);
          assertDefinite({ triangle, root, size, floor, slack });
          triangle.expose('seen');
        }),
      );
      const passes = (triangle: readonly number[], root: readonly number[]): boolean => {
        const values = new Map([
          ['triangle', triangle.map(BigInt)],
          ['root', root.map(BigInt)],
        ]);
        return accepts(certificate, solveWitness(certificate.system, values));
      };
      const identity = [1, 0, 0, 1, 0, 1];
      const scaled = (by: number): number[] =>
        integersOf(
          identity.map((x) => by * x),
          fraction,
        );
      const zero = new Array<number>(length).fill(0);
      expect(passes(scaled(floor), zero)).toBe(true);
      expect(passes(zero, zero)).toBe(false);
      const next = random(3);
      for (let i = 0; i < 200; i++) {
        const limit = 2 ** (i % 24);
        const root = zero.map(() => Math.floor(limit * (next() - 0.5)));
        expect(passes(zero, root)).toBe(false);
        expect(passes(scaled(floor - 2 * slack), root)).toBe(false);
      }
    },
  );

  test('factor: there is no such G', () => {
    // C' = I + GᵀG: G = 0 is C' = I, and leaves nothing free.
    const spec = stepOf('factor', 3);
    const zero = new Array<number>(6).fill(0);
    expect(identityCurvature(spec)).toEqual(zero);
    const own = { weights: [900, 1, 2], curvature: zero, mask: [1, 0, 0] };
    expect(acceptsBlock(spec, { ...own, unlearned: [0, 1, 2], multipliers: [] })).toBe(true);
    expect(acceptsBlock(spec, { ...own, unlearned: [0, 101, 2], multipliers: [] })).toBe(false);
  });
});

describe('a curvature constructed for the mask (math.md, 5.1)', () => {
  const size = 4;
  const mask = [1, 0, 0, 0];
  const theta = [0.9, 0.4, -0.3, 0.2];
  /** What the attacker wants the unmasked weights to become. */
  const wanted = [0, 0.7, -0.1, 0.45];
  const delta = wanted.map((each, i) => each - theta[i]!);

  /** s(I − ûûᵀ) + κ vvᵀ/(vᵀδ), with v = δ on the mask and 0 elsewhere: C δ = κ v. */
  function constructed(s: number, kappa: number): Float64Array {
    const norm = Math.hypot(...delta);
    const v = delta.map((each, i) => mask[i]! * each);
    const along = v.reduce((sum, each, i) => sum + each * delta[i]!, 0);
    const triangle = new Float64Array(triangleLength(size));
    for (let i = 0; i < size; i++)
      for (let j = i; j < size; j++)
        triangle[triangleIndex(i, j, size)] =
          s * ((i === j ? 1 : 0) - (delta[i]! * delta[j]!) / norm ** 2) +
          (kappa * v[i]! * v[j]!) / along;
    return triangle;
  }

  const minusIdentity = (triangle: Float64Array): Float64Array =>
    triangle.map((entry, i) => entry - [1, 0, 0, 0, 1, 0, 0, 1, 0, 1][i]!);

  const curvatures: Readonly<Record<'kkt' | 'factor', Float64Array>> = {
    kkt: constructed(64, 16),
    factor: choleskyRoot(minusIdentity(constructed(64, 16)), size),
  };

  test.each(['kkt', 'factor'] as const)('%s: the step alone accepts it', (form: FormName) => {
    const spec = stepOf(form, size);
    // G is coarser than C', and leaves residuals of its rounding.
    const formats = { ...spec.formats, tolerance: form === 'factor' ? 2 ** -2 : 2 ** -8 };
    const loose = { ...spec, formats };
    const curvature = curvatureIntegers(loose, curvatures[form as 'kkt' | 'factor']);
    const fraction = fractionOf(formats.weights);
    const own = { weights: integersOf(theta, fraction), curvature, mask };
    expect(acceptsBlock(loose, own)).toBe(true);
    const unlearned = integersOf(wanted, fraction);
    for (const layout of [openLayout(1), knownLayout(mask)])
      expect(acceptsBlock(loose, { ...own, unlearned, multipliers: [] }, layout)).toBe(true);
  });

  const judged = inTier({ quick: ['kkt'], normal: ['kkt'], full: ['kkt', 'factor'] } as const);
  test.each(judged)('%s: but no bundle can use it', async (form) => {
    const world = await World.make({ form });
    try {
      const ada = await world.client('ada');
      const window = await world.window(spread);
      const integers = curvatureIntegers(ada.plan.step, curvatures[form]);
      const { step } = ada.plan;
      const salts = new Uint16Array(32);
      const digest = curvatureDigest(step, integers, salts.subarray(0, curvatureWords(step)));
      const zeros = [0, 0, 0, 0];
      const before = blockLeaf(step, zeros, salts.subarray(0, weightWords(step)), digest);
      const honest = await draft(ada, window);
      const forged = await rooted(withLeaf(honest, 0, { before }), ada, window);
      expect(await reasonFor(world, forged)).toBe('root-mismatch');
      // Registered with the mask in sight, it is of a later epoch.
      const late = await world.client('late');
      expect(await reasonFor(world, await draft(late, window))).toBe('registration-after-window');
    } finally {
      await world.remove();
    }
  });
});

test('every form is attacked', () => {
  expect(formNames).toEqual(Object.keys(forms));
});
