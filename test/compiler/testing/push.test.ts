// Chosen values are pushed as far as the constraints allow: what is declared and false is found, wherever it stands.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileCircuit } from '../../../compiler/compile.ts';
import type { LoweredProgram } from '../../../compiler/meanings/circuit.ts';
import { arbitraryInputs, choicesAreNear, pushChoices } from '../../../compiler/testing/index.ts';
import { checkWitness } from '../../../compiler/constraints/checker.ts';
import { exactInputs } from '../../../compiler/testing/exact-inputs.ts';
import { bit, circuit, defineHint, q, solve, u, type CircuitBuilder } from '../../../dsl/index.ts';

defineHint('push-clip', ([x]) => x!.map((v) => Math.max(-1, Math.min(1, v))));
defineHint('push-step', ([x]) => x!.map((v) => (v >= 0 ? 1 : 0)));
defineHint('push-rest', ([x]) => x!.map((v) => (v >= 0 ? v : v + 512)));
defineHint('push-relu', ([x]) => x!.map((v) => Math.max(0, v)));
defineHint('push-first', ([x]) => x!.map((_, i) => (i === 0 ? 1 : 0)));

const build = (describeIt: (c: CircuitBuilder) => void): LoweredProgram =>
  compileCircuit(circuit('pushed', {}, describeIt));

/** The law on random inputs. */
const holds = (compiled: LoweredProgram): boolean =>
  !fc.check(
    fc.property(arbitraryInputs(compiled.program), (inputs) => choicesAreNear(compiled, inputs)),
  ).failed;

/** A bit that a quotient and its remainder force. */
function compare(c: CircuitBuilder, n: number): void {
  const x = c.public('x', q(24, 16), [n]);
  const over = c.advice('push-step', [x], bit, [n]);
  const rest = c.advice('push-rest', [x], u(25, 16), [n]);
  x.add(512)
    .sub(over.scale(512, { fraction: 16 }))
    .sub(rest)
    .assertZero();
}

describe('found', () => {
  const found: Readonly<Record<string, (c: CircuitBuilder) => void>> = {
    'a value that nothing ties to anything': (c) => {
      const g = c.public('g', q(16, 8), [2]);
      c.advice('push-clip', [g], q(12, 8), [2], { within: 2 ** -9 }).expose('y');
    },
    'the same behind a comparison': (c) => {
      compare(c, 4);
      const g = c.public('g', q(16, 8), [2]);
      c.advice('push-clip', [g], q(12, 8), [2], { within: 2 ** -9 }).expose('y');
    },
    'an assertion that is too wide': (c) => {
      const x = c.secret('x', u(4, 2), [2]).add(1);
      const r = c.advice('reciprocal', [x], u(12, 11), [2], { within: 2 ** -8 });
      r.mul(x).assertWithin({ low: 0.5, high: 1.5 });
      r.expose('r');
    },
    'the other root of an equation': (c) => {
      const x = c.secret('x', q(12, 8), [2]);
      const y = c.advice('push-relu', [x], u(11, 8), [2], { within: 2 ** -9 });
      y.mul(y).sub(y.mul(x)).assertZero();
      y.expose('y');
    },
    'the other sign of a root': (c) => {
      const v = c.secret('v', u(5, 2), [2]).add(1);
      const r = c.advice('square-root', [v], q(16, 10), [2], { within: 2 ** -8 });
      r.mul(r)
        .sub(v)
        .assertWithin({ low: -(2 ** -8), high: 2 ** -8 });
      r.expose('r');
    },
    'a value that can only move together with another one': (c) => {
      const x = c.secret('x', q(12, 8), [2]);
      const y = c.advice('push-clip', [x], q(16, 8), [2], { within: 1000 });
      y.sum({ axis: 0 }).assertWithin({ low: -2, high: 2 });
      const z = c.advice('push-clip', [x], q(10, 8), [2], { within: 2 ** -9 });
      z.sub(y).assertZero();
      z.expose('z');
    },
    'bits of which any is accepted, however wide the claim': (c) => {
      const x = c.secret('x', q(8, 4), [3]);
      const hot = c.advice('push-first', [x], bit, [3], { within: 1 });
      hot.sum({ axis: 0 }).sub(1).assertZero();
      hot.expose('hot');
    },
  };

  test.each(Object.entries(found))('%s', (_, describeIt) => {
    expect(holds(build(describeIt))).toBe(false);
  });
});

describe('not found', () => {
  const right: Readonly<Record<string, (c: CircuitBuilder) => void>> = {
    'a reciprocal within what its assertion allows': (c) => {
      const x = c.secret('x', u(6, 4), [2]).add(1);
      // x ≥ 1 is known up to 2^−5, and so is 1 / x.
      const r = c.advice('reciprocal', [x], u(16, 15), [2], { within: 2 ** -8 + 2 ** -5 });
      r.mul(x).assertWithin({ low: 1 - 2 ** -9, high: 1 + 2 ** -9 });
      r.expose('r');
    },
    'a value that is asserted to be another one': (c) => {
      compare(c, 2);
      const x = c.secret('y', q(12, 8), [2]);
      const y = c.advice('push-relu', [x], u(11, 8), [2], { within: 2 ** -9 });
      y.sub(x).assertWithin({ low: 0, high: 8 });
      y.mul(y).sub(y.mul(x)).assertZero();
      y.expose('out');
    },
  };

  test.each(Object.entries(right))('%s', (_, describeIt) => {
    expect(holds(build(describeIt))).toBe(true);
  });
});

describe('a finding', () => {
  const free = (before: number): LoweredProgram =>
    build((c) => {
      compare(c, before);
      const g = c.public('g', q(16, 8), [2]);
      c.advice('push-clip', [g], q(12, 8), [2], { within: 2 ** -9 }).expose('y');
    });
  const inputsOf = (compiled: LoweredProgram, before: number) =>
    exactInputs(
      compiled.program,
      new Map([
        ['x', new Array<bigint>(before).fill(3n)],
        ['g', [64n, -64n]],
      ]),
    );

  test('says the witness, the value, and how far it is', () => {
    const compiled = free(1);
    const inputs = inputsOf(compiled, 1);
    const { found } = pushChoices(compiled, inputs);
    expect(found.map(({ element }) => element).sort()).toEqual([0, 1]);
    const first = found.find(({ element }) => element === 0)!;
    expect(compiled.program.lines[first.line]!.op).toBe('advice');
    expect(first).toMatchObject({ kind: 'too-far', honest: 64n, accepted: 65n, distance: 2 ** -8 });
    expect(first.bound).toBeLessThan(2 ** -8);
    expect(first.message).toContain('65 is accepted, an honest prover has 64');
    expect(checkWitness(compiled.system, first.witness)).toBeUndefined();
    expect(first.inputs).toEqual(inputs.fixed);
  });

  test.each([1, 8, 40])('does not depend on %i comparisons before it', (before) => {
    const compiled = free(before);
    const inputs = inputsOf(compiled, before);
    for (const seed of [1, 2, 3]) {
      const { found, values, reached } = pushChoices(compiled, inputs, { seed, witnesses: 20 });
      expect(found).toHaveLength(2);
      expect(reached).toHaveLength(values);
      expect(values).toBe(2 * before + 2);
    }
  });

  test('is as near to the honest value as the bound allows', () => {
    const compiled = build((c) => {
      const g = c.public('g', q(16, 8), [1]);
      const y = c.advice('push-clip', [g], q(16, 8), [1], { within: 1 });
      y.sub(g).assertWithin({ low: -0.5, high: 0.25 });
    });
    const inputs = exactInputs(compiled.program, new Map([['g', [0n]]]));
    const { found, reached } = pushChoices(compiled, inputs);
    expect(found).toEqual([]);
    expect(reached).toEqual([expect.objectContaining({ distance: 0.5 })]);
  });
});

describe('advice of which nothing is declared', () => {
  const rooted = (isForced: boolean): LoweredProgram =>
    build((c) => {
      const x = c.public('x', u(8, 0), [1]);
      const y = c.advice('push-relu', [x], isForced ? u(8, 0) : q(9, 0), [1]);
      y.mul(y).sub(x.mul(x)).assertZero();
      y.expose('y');
    });
  const inputsFor = (compiled: LoweredProgram): ReturnType<typeof exactInputs> =>
    exactInputs(compiled.program, new Map([['x', [7n]]]));

  test('is a fault where another value is accepted, and the witness is given', () => {
    const compiled = rooted(false);
    const { found } = pushChoices(compiled, inputsFor(compiled), { undeclared: true });
    expect(found).toEqual([
      expect.objectContaining({ kind: 'not-forced', honest: 7n, accepted: -7n }),
    ]);
    expect(checkWitness(compiled.system, found[0]!.witness)).toBeUndefined();
  });

  test('is none where the constraints force it', () => {
    const compiled = rooted(true);
    expect(pushChoices(compiled, inputsFor(compiled), { undeclared: true }).found).toEqual([]);
  });
});

test('each value has a budget of its own, and what was not pushed is not said to be', () => {
  const compiled = build((c) => compare(c, 4));
  const inputs = exactInputs(compiled.program, new Map([['x', [1n, -1n, 5n, 0n]]]));
  const { values, tried } = pushChoices(compiled, inputs, { witnesses: 10 });
  expect(values).toBe(8);
  // A jump that has begun is ended.
  expect(tried).toBeLessThanOrEqual(8 * (10 + 12));
  expect(tried).toBeGreaterThanOrEqual(8);
  let pushed = 0;
  const stopped = pushChoices(compiled, inputs, {
    until: () => pushed > 3,
    progress: () => pushed++,
  });
  expect(stopped.values).toBe(8);
  expect(stopped.reached).toHaveLength(3);
  const seen: number[] = [];
  pushChoices(compiled, inputs, { witnesses: 1, progress: (done) => seen.push(done) });
  expect(seen).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
});

describe('a solution of a system', () => {
  const system = (tolerance: number): LoweredProgram =>
    build((c) =>
      solve({
        matrix: c.secret('matrix', q(16, 8), [2, 2]),
        rhs: c.secret('rhs', q(32, 24), [2]),
        pinned: { mask: c.public('mask', bit, [2]), values: c.secret('values', q(24, 16), [2]) },
        format: q(24, 16),
        tolerance,
        smallestEigenvalue: 0.25,
      }).expose('x'),
    );
  const given = (matrix: readonly bigint[]) => ({
    matrix: [...matrix],
    rhs: [1n << 20n, 3n << 19n],
    mask: [0n, 0n],
    values: [0n, 0n],
  });
  const inputs = (compiled: LoweredProgram, matrix: readonly bigint[]) =>
    exactInputs(compiled.program, new Map(Object.entries(given(matrix))));

  test('is pushed jointly: nearly as far as the bound, and never past it', () => {
    // Eigenvalues 1/4 and 3 3/4: alone, a value moves by τ / 2; along the weak direction by 4 τ.
    const compiled = system(2 ** -8);
    const { found, reached } = pushChoices(compiled, inputs(compiled, [512n, 448n, 448n, 512n]));
    expect(found).toEqual([]);
    for (const { distance, bound } of reached) {
      expect(distance).toBeGreaterThan(3.5 * 2 ** -8);
      expect(distance).toBeLessThanOrEqual(bound);
    }
  });

  test('moves past its bound where λ is false', () => {
    // Eigenvalues 1/128 and about 4.
    const compiled = system(2 ** -8);
    const { found } = pushChoices(compiled, inputs(compiled, [512n, 510n, 510n, 512n]));
    expect(found.length).toBeGreaterThan(0);
    expect(found[0]!.distance).toBeGreaterThan(found[0]!.bound);
  });
});

test('a judge of its own says what is wrong with what is accepted, and nothing else does', () => {
  const compiled = build((c) => {
    const x = c.public('x', q(8, 4), [1]);
    c.advice('push-clip', [x], q(8, 4), [1], { within: 0 }).expose('y');
  });
  const [output] = compiled.system.ports.find(({ name }) => name === 'y')!.variables;
  const inputs = exactInputs(compiled.program, new Map([['x', [32n]]]));
  const push = (accepts: (y: bigint) => boolean): readonly string[] =>
    pushChoices(compiled, inputs, {
      judge: (witness) => (accepts(witness[output!]!) ? undefined : 'it is 127'),
    }).found.map(({ message }) => message);
  expect(push(() => true)).toEqual([]);
  expect(push((y) => y !== 127n)).toEqual(['it is 127']);
});
