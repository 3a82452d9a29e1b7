// Wrong witnesses of divisions and of top-k: thresholds, masks, quotients and remainders that are changed together with all that
// follows from them. Small operands are tried exhaustively.
import { describe, expect, test } from 'vitest';
import { expand, findEquations } from '../../../compiler/analyses/determinism/equations.ts';
import type { Expression } from '../../../compiler/constraints/expression.ts';
import type { FixedFormat } from '../../../compiler/ir/format.ts';
import { lower } from '../../../compiler/meanings/circuit.ts';
import { inverse, modulus } from '../../../compiler/numbers/field.ts';
import { floorDivide } from '../../../compiler/numbers/interval.ts';
import { ProgramBuilder } from '../../../compiler/program/builder.ts';
import { q, u } from '../../../dsl/index.ts';
import { accepts, attack, from, writing } from './attacked.ts';

describe('top-k', () => {
  test.each([1, 2])(
    '%i of three: no other mask for any threshold, also where elements tie',
    (k) => {
      const { lowered, advice, value, honest } = attack('top-k', [[u(2, 0), [3]]], { k });
      const [threshold] = advice;
      const bits = value.map(({ terms }) => terms[0]!.variable);
      const rests = advice.filter((v) => v !== threshold && !bits.includes(v));
      expect(rests).toHaveLength(3);
      const thresholds = [
        ...from(-10, 20),
        ...[1n << 12n, 1n << 64n, 1n << 200n].flatMap((far) => [far, -far]),
        inverse(2n),
        modulus >> 1n,
      ];
      for (const a of [
        [0n, 0n, 0n],
        [3n, 3n, 3n],
        [3n, 3n, 0n],
        [0n, 3n, 3n],
        [2n, 1n, 2n],
        [1n, 0n, 3n],
        [0n, 1n, 2n],
      ]) {
        const keys = a.map((x, i) => 3n * x + BigInt(2 - i));
        const accepted = new Map<string, number>();
        for (const t of thresholds)
          for (const mask of from(0, 7)) {
            const chosen = bits.map((_, i) => (mask >> BigInt(i)) & 1n);
            const written = [
              [threshold!, t] as const,
              ...bits.map((bit, i) => [bit, chosen[i]!] as const),
              ...rests.map((rest, i) => [rest, keys[i]! - t + top * (1n - chosen[i]!)] as const),
            ];
            if (accepts(lowered, { a }, written))
              accepted.set(chosen.join(), (accepted.get(chosen.join()) ?? 0) + 1);
          }
        expect([...accepted.keys()], a.join()).toEqual([honest({ a }).join()]);
        expect([...accepted.values()][0]).toBeGreaterThan(0);
      }
    },
  );

  /** w for keys up to 11: the narrowest check is one of 12 bits. */
  const top = 1n << 12n;

  test('an honest prover succeeds where the keys pass p/2', () => {
    const builder = new ProgramBuilder();
    const format = u(252, 0);
    const a = builder.append('input', [], { name: 'a', visibility: 'secret', format, shape: [3] });
    const middle = modulus / 6n;
    const bounds = { low: middle - 100n, high: middle + 100n };
    const narrow = builder.append('assert-within', [a], bounds);
    builder.append('expose', [builder.append('top-k', [narrow], { k: 1 })], { name: 'result' });
    const lowered = lower(builder.finish('attacked', {}));
    for (const row of [
      [-50n, 0n, 50n],
      [7n, -7n, 0n],
      [50n, 51n, 52n],
    ])
      expect(accepts(lowered, { a: row.map((x) => middle + x) }, [])).toBe(true);
  });
});

describe('div-mod', () => {
  const divided = (x: FixedFormat, y: FixedFormat) => {
    const attacked = attack('div-mod', [
      [x, []],
      [y, []],
    ]);
    const equations = findEquations(attacked.lowered.system);
    /** Limbs of the quotient and of the remainder. */
    const [quotient, remainder] = attacked.value.map((form): Expression => ({
      terms: expand(form.terms, equations),
      constant: form.constant,
    }));
    return {
      ...attacked,
      tries: (a: bigint, b: bigint, by: bigint, rest: bigint): boolean =>
        accepts(attacked.lowered, { a: [a], b: [b] }, [
          ...writing(quotient!, by),
          ...writing(remainder!, rest),
        ]),
    };
  };

  test('one quotient alone is accepted, and none by divisors below 1', () => {
    const { tries } = divided(q(6, 0), q(4, 0));
    for (const a of [-32n, -31n, -7n, -1n, 0n, 1n, 6n, 29n, 31n])
      for (const b of from(-8, 7)) {
        const accepted = from(-40, 40).filter((by) => tries(a, b, by, a - by * b));
        expect(accepted, `${a} by ${b}`).toEqual(b < 1n ? [] : [floorDivide(a, b)]);
      }
  });

  test.each([
    [u(12, 0), u(8, 0), 4001n, 77n],
    [q(40, 0), u(24, 0), -123_456_789_012n, 1_234_567n],
    [u(80, 0), u(30, 0), (1n << 80n) - 1n, (1n << 30n) - 1n],
    [q(100, 0), u(12, 0), -(1n << 99n), 3n],
  ] as const)('quotients past the honest one, and around the field (%#)', (x, y, a, b) => {
    const { tries } = divided(x, y);
    const quotient = floorDivide(a, b);
    const rest = a - quotient * b;
    expect(tries(a, b, quotient, rest)).toBe(true);
    for (const k of [1n, -1n, 2n, -5n]) expect(tries(a, b, quotient - k, rest + k * b)).toBe(false);
    // Any remainder has a quotient in the field.
    for (const wrong of [rest + 1n, rest - 1n, 0n, b - 1n])
      if (wrong !== rest && wrong >= 0n)
        expect(tries(a, b, (a - wrong) * inverse(b), wrong)).toBe(false);
  });

  test('a constant that is no power of two', () => {
    const builder = new ProgramBuilder();
    const format = q(20, 0);
    const a = builder.append('input', [], { name: 'a', visibility: 'secret', format, shape: [] });
    const by = builder.append('constant', [], { values: [5000n], format: u(13, 0), shape: [] });
    const line = builder.append('div-mod', [a, by], {});
    builder.append('expose', [line], { name: 'result' });
    const lowered = lower(builder.finish('attacked', {}));
    const equations = findEquations(lowered.system);
    const [quotient, remainder] = lowered.values[line]!.map((form): Expression => ({
      terms: expand(form.terms, equations),
      constant: form.constant,
    }));
    for (const x of [-524_288n, -5001n, -1n, 0n, 4999n, 5000n, 524_287n])
      for (const k of from(-2, 2)) {
        const q = floorDivide(x, 5000n) - k;
        const written = [...writing(quotient!, q), ...writing(remainder!, x - 5000n * q)];
        expect(accepts(lowered, { a: [x] }, written), `${x}, ${k}`).toBe(k === 0n);
      }
  });
});
