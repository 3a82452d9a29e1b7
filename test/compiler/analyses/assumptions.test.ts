// Assumptions of circuits: premises that are derived, and those that stay assumptions until somebody accepts them.
import { describe, expect, test } from 'vitest';
import {
  analyzeAssumptions,
  openAssumptions,
} from '../../../compiler/analyses/assumptions/assumptions.ts';
import { compileCircuit } from '../../../compiler/compile.ts';
import {
  bit,
  circuit,
  defineHint,
  field,
  q,
  solve,
  u,
  type CircuitBuilder,
  type Tensor,
} from '../../../dsl/index.ts';
import {
  assertDefinite,
  commit,
  groupObs,
  groupObsByFactor,
  groupObsByInverse,
  triangleLength,
} from '../../../stdlib/index.ts';

const identity = defineHint('assumptions-identity', ([x]) => x!);
const clip = defineHint('assumptions-clip', ([x]) => x!.map((v) => Math.max(-1, Math.min(1, v))));

const compiled = (build: (c: CircuitBuilder) => void) => compileCircuit(circuit('c', {}, build));
const analyzed = (build: (c: CircuitBuilder) => void, accepted?: ReadonlyMap<string, string>) =>
  analyzeAssumptions(compiled(build), accepted);
const assumed = (build: (c: CircuitBuilder) => void): string[] =>
  analyzed(build).assumptions.map(({ name }) => name);
const certified = (build: (c: CircuitBuilder) => void): string[] =>
  [...analyzed(build).certificates.values()].map(({ kind }) => kind);

describe('a claim of a distance', () => {
  const free = (c: CircuitBuilder): void => {
    const x = c.public('x', q(24, 16), [2]);
    c.advice(clip, [x], q(18, 16), [2], { within: 2 ** -17 }).expose('y');
  };

  test('is an assumption, and what is computed from the value rests on it', () => {
    const { assumptions, restsOn } = analyzed(free);
    expect(assumptions.map(({ name }) => name)).toEqual(['assumptions-clip.within']);
    expect(restsOn[0]).toEqual([]);
    expect(restsOn[1]).toEqual(['assumptions-clip.within']);
    expect(certified(free)).toEqual(['nothing']);
  });

  test('has a number where the same hint is claimed twice', () => {
    const twice = (c: CircuitBuilder): void => {
      free(c);
      const z = c.public('z', q(24, 16), [2]);
      c.advice(clip, [z], q(18, 16), [2], { within: 2 ** -17 }).expose('w');
    };
    expect(assumed(twice)).toEqual(['assumptions-clip.within', 'assumptions-clip.within.2']);
  });

  test('is derived where the value is forced, and covers what the rounding of the argument moves', () => {
    const forced = (within: number) => (c: CircuitBuilder) => {
      const x = c.public('x', q(24, 16), [2]);
      const y = c.advice(identity, [x], q(24, 16), [2], { within });
      y.sub(x).assertZero();
      y.expose('y');
    };
    expect(certified(forced(2 ** -17))).toEqual(['exact']);
    expect(assumed(forced(2 ** -17))).toEqual([]);
    // Below the half of a last place by which a public x is rounded.
    expect(assumed(forced(2 ** -18))).toEqual(['assumptions-identity.within']);
  });

  test('is derived for exact arguments, up to what the assertions leave', () => {
    const reciprocal = (within: number) => (c: CircuitBuilder) => {
      const three = c.constant(3, u(4, 0), [2]);
      const r = c.advice('reciprocal', [three], u(20, 20), [2], { within });
      const product = r.mul(three);
      product.assertWithin({ low: 1 - 2 ** -10, high: 1 + 2 ** -10 });
      r.expose('r');
    };
    // r is between (1 − 2^-10) / 3 and (1 + 2^-10) / 3: at most 341.34 units of 2^-20 from 1/3.
    expect(certified(reciprocal(2 ** -10))).toEqual(['interval']);
    expect(assumed(reciprocal(342 * 2 ** -20))).toEqual([]);
    expect(assumed(reciprocal(341 * 2 ** -20))).toEqual(['reciprocal.within']);
  });

  test('is certified by an assertion whose slope is never 0', () => {
    const sloped = (low: number) => (c: CircuitBuilder) => {
      const x = c.public('x', u(16, 12), [2]);
      x.assertWithin({ low, high: 8 });
      const r = c.advice('reciprocal', [x], u(24, 20), [2], { within: 2 ** -10 });
      r.mul(x).assertWithin({ low: 1 - 2 ** -12, high: 1 + 2 ** -12 });
      r.expose('r');
    };
    expect(certified(sloped(1))).toEqual(['interval']);
    expect(certified(sloped(0))).toEqual(['nothing']);
  });

  test('is not certified by an assertion that leaves more than its format holds', () => {
    const bounded = (high: number) => (c: CircuitBuilder) => {
      const x = c.public('x', u(16, 12), [2]);
      const r = c.advice('reciprocal', [x], u(12, 8), [2], { within: 1 });
      r.sub(x).assertWithin({ low: -1, high });
      r.expose('r');
    };
    expect(certified(bounded(8))).toEqual(['interval']);
    expect(certified(bounded(15))).toEqual(['nothing']);
  });

  test.each([
    [2 ** -18, 'claim-too-narrow'],
    [4, 'claim-too-wide'],
  ])('of %d is pointed out', (within, code) => {
    const { findings } = analyzed((c) => {
      const x = c.public('x', q(24, 16), [2]);
      c.advice(clip, [x], q(18, 16), [2], { within }).expose('y');
    });
    expect(findings.map((finding) => finding.code)).toEqual([code]);
  });

  test('of a whole bit is pointed out', () => {
    const { findings } = analyzed((c) => {
      const x = c.public('x', bit, [2]);
      c.advice(identity, [x], bit, [2], { within: 1 }).expose('y');
    });
    expect(findings.map(({ code }) => code)).toEqual(['claim-too-wide']);
  });
});

describe('a system', () => {
  const pinned = (c: CircuitBuilder, size: number) => ({
    mask: c.public('mask', bit, [1, size]),
    values: c.public('values', q(24, 12), [1, size]),
  });
  const weights = (c: CircuitBuilder): Tensor => c.public('weights', q(24, 20), [1, 3]);

  test('with a public matrix assumes that it is symmetric and definite', () => {
    const declared = (c: CircuitBuilder): void => {
      const matrix = c.public('matrix', q(12, 8), [1, 3, 3]);
      const rhs = c.public('rhs', q(24, 20), [1, 3]);
      const system = { matrix, rhs, pinned: pinned(c, 3), format: q(24, 12), tolerance: 0.125 };
      solve({ ...system, smallestEigenvalue: 1 }).expose('x');
    };
    expect(assumed(declared)).toEqual(['solve.symmetric', 'solve.eigenvalues']);
  });

  const curved = (c: CircuitBuilder): Tensor =>
    c.public('curvature', q(24, 12), [1, triangleLength(3)]);
  const step = (c: CircuitBuilder, smallestEigenvalue: number, curvature: Tensor) =>
    groupObs({
      weights: weights(c),
      curvature,
      mask: c.public('mask', bit, [1, 3]),
      updateFormat: q(24, 20),
      tolerance: 2 ** -4,
      smallestEigenvalue,
    }).expose('unlearned');

  test('with a matrix that is made of its triangle is symmetric', () => {
    expect(assumed((c) => step(c, 1, curved(c)))).toEqual(['solve.eigenvalues']);
  });

  /** C = φ I + RᵀR + E, |E| ≤ e. */
  const certificate = (declared: number) => (c: CircuitBuilder) => {
    const curvature = curved(c);
    const root = c.secret('root', q(12, 6), [1, triangleLength(3)]);
    const bound = assertDefinite({ triangle: curvature, root, size: 3, floor: 1, slack: 2 ** -6 });
    expect(bound).toBe(1 - 3 * 2 ** -6);
    step(c, declared, curvature);
  };

  test('with a certificate is definite, up to what the certificate says', () => {
    expect(assumed(certificate(1 - 3 * 2 ** -6))).toEqual([]);
    expect(assumed(certificate(1))).toEqual(['solve.eigenvalues']);
  });

  test('with half a certificate is not', () => {
    const half = (c: CircuitBuilder): void => {
      const curvature = curved(c);
      const root = c.secret('root', q(12, 6), [1, triangleLength(3)]);
      // The first row alone: entries (0, 0), (0, 1) and (0, 2).
      const rest = curvature.align({ fraction: 12 }).slice({ axis: 1, start: 0, end: 3 });
      rest
        .sub(
          root
            .slice({ axis: 1, start: 0, end: 3 })
            .mul(root.gather({ axis: 1, indices: [0, 0, 0] })),
        )
        .assertWithin({ low: -1, high: 1 });
      step(c, 0.5, curvature);
    };
    expect(assumed(half)).toEqual(['solve.eigenvalues']);
  });

  const inverse =
    (floor: number, declared = floor) =>
    (c: CircuitBuilder) => {
      const root = c.public('root', q(12, 6), [1, 3, 3]);
      const matrix = root.contract('bki,bkj->bij', root);
      const indices = Array.from({ length: 9 }, (_, k) => (k % 4 === 0 ? 0 : 1));
      const identityMatrix = c.constant(
        indices.map((at) => (at === 0 ? floor : 0)),
        q(24, 12),
        [3, 3],
      );
      solve({
        matrix: matrix.add(identityMatrix),
        rhs: c.public('rhs', q(40, 24), [1, 3]),
        pinned: pinned(c, 3),
        format: q(24, 12),
        tolerance: 0.125,
        smallestEigenvalue: declared,
      }).expose('x');
    };

  test('with φ I + RᵀR is definite by construction', () => {
    expect(assumed(inverse(0.5))).toEqual([]);
    expect(assumed(inverse(0.5, 0.75))).toEqual(['solve.eigenvalues']);
  });

  test('with RᵀS in place of RᵀR is not', () => {
    const mixed = (c: CircuitBuilder): void => {
      const [r, s] = ['r', 's'].map((name) => c.public(name, q(12, 6), [1, 3, 3])) as [
        Tensor,
        Tensor,
      ];
      const rhs = c.public('rhs', q(40, 24), [1, 3]);
      const system = { rhs, pinned: pinned(c, 3), format: q(24, 12), tolerance: 0.125 };
      solve({ ...system, matrix: r.contract('bki,bkj->bij', s), smallestEigenvalue: 0.5 }).expose(
        'x',
      );
    };
    expect(assumed(mixed)).toEqual(['solve.symmetric', 'solve.eigenvalues']);
  });

  test('the forms `inverse` and `factor` of Group OBS rest on nothing', () => {
    const mask = (c: CircuitBuilder): Tensor => c.public('mask', bit, [1, 3]);
    const byInverse = (c: CircuitBuilder): void => {
      const root = c.public('root', q(12, 6), [1, 3, 3]);
      const own = { weights: weights(c), mask: mask(c), root, floor: 0.5 };
      groupObsByInverse({
        ...own,
        multiplierFormat: q(28, 20),
        tolerance: 2 ** -4,
      }).unlearned.expose('unlearned');
    };
    const byFactor = (c: CircuitBuilder): void => {
      const factor = c.public('factor', q(12, 6), [1, 2, 3]);
      const own = { weights: weights(c), mask: mask(c), factor };
      groupObsByFactor({ ...own, tolerance: 2 ** -4 }).expose('unlearned');
    };
    expect(assumed(byInverse)).toEqual([]);
    expect(assumed(byFactor)).toEqual([]);
  });

  test('with an operand that nothing binds assumes that the prover did not choose it to fit', () => {
    const secret = (bound: boolean) => (c: CircuitBuilder) => {
      const curvature = c.secret('curvature', q(24, 12), [1, triangleLength(3)]);
      if (bound)
        commit(curvature, { salts: c.secret('salts', field, [1, 1]) }).expose('registered');
      step(c, 1, curvature);
    };
    expect(assumed(secret(false))).toEqual(['solve.eigenvalues', 'curvature.unbound']);
    expect(assumed(secret(true))).toEqual(['solve.eigenvalues']);
  });

  test('with an operand that is bound in part says so', () => {
    const part = (c: CircuitBuilder): void => {
      const curvature = c.secret('curvature', q(24, 12), [1, triangleLength(3)]);
      commit(curvature.slice({ axis: 1, start: 0, end: 4 }), {
        salts: c.secret('salts', field, [1, 1]),
      }).expose('registered');
      step(c, 1, curvature);
    };
    const { assumptions } = analyzed(part);
    expect(assumptions.at(-1)!.says).toContain('all of "curvature"');
  });
});

describe('an assumption that is accepted', () => {
  const free = (c: CircuitBuilder): void => {
    const x = c.public('x', q(24, 16), [2]);
    c.advice(clip, [x], q(18, 16), [2], { within: 2 ** -17 }).expose('y');
  };

  test('is not open, and keeps its reason', () => {
    const accepting = (c: CircuitBuilder): void => {
      free(c);
      c.assume('assumptions-clip.within', { because: 'the caller checks it' });
    };
    const own = compiled(accepting);
    const trust = analyzeAssumptions(own);
    expect(openAssumptions(trust, own.program)).toEqual([]);
    expect(trust.assumptions.map(({ accepted }) => accepted)).toEqual(['the caller checks it']);
    expect(trust.findings).toEqual([]);
    const outside = analyzed(free, new Map([['assumptions-clip.within', 'given']]));
    expect(outside.assumptions.map(({ accepted }) => accepted)).toEqual(['given']);
  });

  test('must exist', () => {
    const { findings } = analyzed(free, new Map([['clip.within', 'a slip of the pen']]));
    expect(findings.map(({ code }) => code)).toEqual(['unknown-assumption']);
    expect(findings[0]!.hint).toContain('assumptions-clip.within');
  });

  test('needs a reason in the circuit', () => {
    const reckless = (c: CircuitBuilder): void => {
      free(c);
      c.assume('assumptions-clip.within', { because: ' ' });
    };
    expect(() => compiled(reckless)).toThrow('no reason is given');
  });
});
