// Dishonest witnesses for the circuit of a tile: what its constraints refuse, whatever a prover writes into the variables.
import { describe, expect, test } from 'vitest';
import { compileCircuit } from '../../../../compiler/compile.ts';
import { checkWitness } from '../../../../compiler/constraints/checker.ts';
import { solveWitness } from '../../../../compiler/constraints/witness.ts';
import { formatInterval, fractionOf } from '../../../../compiler/ir/format.ts';
import { circuit, q } from '../../../../dsl/index.ts';
import { assertDefinite } from '../../../../stdlib/definite.ts';
import { triangleIndex, triangleLength } from '../../../../stdlib/matrix.ts';
import { ports, stepCircuit } from '../../../../stdlib/apex/circuit/tile.ts';
import { choleskyRoot } from '../../../../stdlib/apex/forms/cholesky.ts';
import { leafOf } from '../../../../stdlib/apex/commitments/leaf.ts';
import { forms, type FormName } from '../../../../stdlib/apex/index.ts';
import { draft, reasonFor, rooted, withLeaf } from '../bundles.ts';
import { random, spread, World } from '../fixture.ts';
import {
  accepts,
  curvatureIntegers,
  formNames,
  identityCurvature,
  inputsOf,
  integersOf,
  moved,
  stepOf,
  tileOf,
  unknown,
} from '../steps.ts';

describe.each(formNames)('%s', (form) => {
  const spec = stepOf(form, 3);
  const tile = tileOf(spec);
  const block = { weights: [9000, -500, 77], curvature: identityCurvature(spec), mask: [1, 0, 0] };
  const inputs = inputsOf(spec, [block]);

  test('the honest witness', () => {
    expect(accepts(tile, solveWitness(tile.system, inputs))).toBe(true);
  });

  test('a residual of just τ, on both sides of both borders', () => {
    // With C' = I the residual is the unknown itself, off the mask; on the mask for inverse, where it is y − θ.
    const row = form === 'inverse' ? 0 : 1;
    const unit = form === 'inverse' ? 28 : fractionOf(spec.formats.update);
    const limit = BigInt(spec.formats.tolerance * 2 ** unit);
    const at = unknown(tile, row);
    const accepted = (by: bigint): boolean =>
      accepts(tile, moved(tile, inputs, new Map([[at, by]])));
    expect([-limit - 1n, -limit, limit - 1n, limit].map(accepted)).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  test('a masked weight left as it was', () => {
    const step = compileCircuit(stepCircuit(spec, 1));
    const after = step.system.ports.find(({ name }) => name === ports.after)!.variables[0]!;
    const honest = solveWitness(step.system, inputs);
    expect(honest[after]).toBe(0n);
    for (const left of [9000n, 1n, -1n, 8999n]) {
      const witness = solveWitness(step.system, inputs, new Map([[after, left]]));
      expect(checkWitness(step.system, witness)).toBeDefined();
    }
    if (form === 'inverse') return;
    for (const by of [9000n, 1n, -1n]) {
      const moves = new Map([[unknown(tile, 0), by]]);
      expect(accepts(tile, moved(tile, inputs, moves))).toBe(false);
    }
  });

  test('weights and curvatures outside their formats', () => {
    for (const [port, value] of [
      [ports.weights, 1n << 15n],
      [ports.weights, -(1n << 15n) - 1n],
      [ports.weights, 1n << 200n],
      [ports.curvature, 1n << 23n],
      [ports.curvature, -(1n << 23n) - 1n],
    ] as const) {
      const { variables } = tile.system.ports.find(({ name }) => name === port)!;
      // Not where it makes the honest prover give up: the first row is masked, and what is unknown is δ, or θ_u itself.
      const at = port === ports.weights && form !== 'factor' ? 1 : 0;
      const witness = solveWitness(tile.system, inputs, new Map([[variables[at]!, value]]));
      expect(accepts(tile, witness)).toBe(false);
    }
  });

  test('a mask of other bits than the statement has', () => {
    const { variables } = tile.system.ports.find(({ name }) => name === ports.mask)!;
    for (const value of [2n, -1n, 1n << 100n]) {
      const witness = solveWitness(tile.system, inputs, new Map([[variables[2]!, value]]));
      expect(accepts(tile, witness)).toBe(false);
    }
  });
});

describe("C' = 0", () => {
  // With it every compensation passes: (C'δ)_i = 0 for all δ.
  test.each([
    ['kkt', 24, 14, 17, 1, 2 ** -9],
    ['inverse', 24, 22, 21, 2 ** -8, 2 ** -12],
  ] as const)(
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
    const tile = tileOf(spec);
    const zero = new Array<number>(6).fill(0);
    expect(identityCurvature(spec)).toEqual(zero);
    const inputs = inputsOf(spec, [{ weights: [900, 1, 2], curvature: zero, mask: [1, 0, 0] }]);
    const moves = new Map([[unknown(tile, 1), 100n]]);
    expect(accepts(tile, moved(tile, inputs, moves))).toBe(false);
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
    const tile = tileOf(loose);
    const weights = integersOf(theta, fraction);
    const inputs = inputsOf(loose, [{ weights, curvature, mask }]);
    const honest = solveWitness(tile.system, inputs);
    // What is unknown is δ, or θ_u itself.
    const { low } = formatInterval(form === 'factor' ? formats.weights : formats.update);
    const overrides = new Map(
      integersOf(wanted, fraction).map((target, i) => [
        unknown(tile, i),
        BigInt(form === 'factor' ? target : target - weights[i]!) - low,
      ]),
    );
    const witness = solveWitness(tile.system, inputs, overrides);
    expect(accepts(tile, honest)).toBe(true);
    expect(accepts(tile, witness)).toBe(true);
  });

  test.each(['kkt', 'factor'] as const)('%s: but no bundle can use it', async (form) => {
    const world = await World.make({ form });
    try {
      const ada = await world.client('ada');
      const window = await world.window(spread);
      const integers = curvatureIntegers(ada.plan.step, curvatures[form]);
      const curvature = leafOf(integers, ada.plan.step.formats.curvature, 5n);
      const honest = await draft(ada, window);
      const forged = await rooted(withLeaf(honest, 0, { curvature }), ada, window);
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
