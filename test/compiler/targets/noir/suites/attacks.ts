// Provers who lie: hints that return other quotients and remainders, and solutions other than the honest one.
import { describe, expect, test } from 'vitest';
import { evaluateFixed } from '../../../../../compiler/meanings/fixed.ts';
import { lower, type LoweredProgram } from '../../../../../compiler/meanings/circuit.ts';
import { bn254 } from '../../../../../compiler/targets/noir/field.ts';
import { prelude } from '../../../../../compiler/targets/noir/prelude.ts';
import { bit, circuit, q, solve, type CircuitBuilder } from '../../../../../dsl/index.ts';
import { compiledLater } from '../together.ts';
import { roundings } from './exhaustive.ts';

const build = (describeIt: (c: CircuitBuilder) => void): LoweredProgram =>
  lower(circuit('attacked', {}, describeIt).build());

function replace(text: string, from: string, to: string): string {
  if (text.split(from).length !== 2) throw new Error(`${from} occurs not once`);
  return text.replace(from, to);
}

const hint = '    (quotient, remainder)\n';

/** What a dishonest hint returns, for a quotient by 2^SHIFT; the equation holds for all of them. */
const power = '2.pow_32(SHIFT as Field)';
const lies: Readonly<Record<string, string>> = {
  'one more': `(quotient + 1, remainder - ${power})`,
  'one less': `(quotient - 1, remainder + ${power})`,
  'a fraction': `(quotient + 1 / ${power}, remainder - 1)`,
  'another fraction': `(quotient - 1 / ${power}, remainder + 1)`,
  'far away': `(quotient - 2.pow_32(200), remainder + 2.pow_32(200) * ${power})`,
};

describe('rescale', () => {
  const lied = Object.values(lies).map((lie) => replace(prelude, hint, `    ${lie}\n`));
  // A prelude that lacks one assertion, with a lie that this one alone refuses.
  const idle: Readonly<Record<string, [removed: string, lie: string]>> = {
    'the remainder is unchecked': ['    at_least::<SHIFT>(r, 0);\n', lies['one less']!],
    'the quotient is unchecked': ['    at_least::<BITS>(q, 0);\n', lies['another fraction']!],
    'the equation is missing': [
      '    assert(x == q * power::<SHIFT>() + r, "not the quotient and the remainder");\n',
      '(0, 0)',
    ],
  };
  const wide = build((c) => c.secret('x', q(20, 8)).rescale(q(12, 0)).expose('y'));
  const dishonest = lied.flatMap((text) =>
    roundings.map((each) => compiledLater({ circuit: each, prelude: text })),
  );
  const weakened = Object.values(idle).map(([removed, lie]) => {
    const text = replace(replace(prelude, removed, ''), hint, `    ${lie}\n`);
    return compiledLater({ circuit: wide, prelude: text });
  });

  test('no lie of the hint is accepted', async () => {
    for (const [i, compiled] of dishonest.entries()) {
      const { circuit: lowered, execute } = compiled();
      const { low, high } = lowered.ranges[0]![0]!;
      for (let x = low; x <= high; x += 5n)
        expect(await execute(new Map([[0, [x]]])), `case ${i}, x = ${x}`).toBeUndefined();
    }
  });

  test('each assertion of the rounding is needed', async () => {
    for (const [i, what] of Object.keys(idle).entries())
      expect(await weakened[i]!().execute(new Map([[0, [1000n]]])), what).toBeDefined();
  });
});

describe('solve', () => {
  const lowered = build((c) => {
    const matrix = c.secret('matrix', q(16, 8), [2, 2]);
    const mask = c.public('mask', bit, [2]);
    const values = c.secret('values', q(16, 8), [2]);
    solve({
      matrix,
      rhs: c.secret('rhs', q(24, 16), [2]),
      pinned: { mask, values },
      format: q(16, 8),
      tolerance: 2 ** -6,
      smallestEigenvalue: 1,
    }).expose('x');
  });
  // x_0 = 1 is pinned; ½ · 1 + 3 x_1 = 1 within 1024 units of 2^−16, of which one of x_1 is 768.
  const given = new Map<string, bigint[]>([
    ['matrix', [512n, 128n, 128n, 768n]],
    ['mask', [1n, 0n]],
    ['values', [256n, 999n]],
    ['rhs', [0n, 65536n]],
  ]);
  const { values } = evaluateFixed(lowered.program, given);
  const line = lowered.program.lines.findIndex(({ op }) => op === 'solve');
  const honest = new Map(values.flatMap((value, i) => (value ? [[i, value] as const] : [])));
  const noir = compiledLater({ circuit: lowered });
  const claim = (x: bigint[]) => noir().execute(new Map([...honest, [line, x]]));

  test('the honest solution is accepted', async () => {
    expect((await claim([256n, 43n]))?.get(line)).toEqual([256n, 43n]);
  });

  test('a pinned entry is exact', async () => {
    expect(await claim([257n, 43n])).toBeUndefined();
    expect(await claim([255n, 43n])).toBeUndefined();
  });

  test('a free entry moves within the tolerance, and no further', async () => {
    for (let x = 30n; x < 60n; x++) {
      const residual = 128n * 256n + 768n * x - 65536n;
      const accepted = residual >= -1024n && residual < 1024n;
      expect((await claim([256n, x])) !== undefined, `x = ${x}`).toBe(accepted);
    }
  });

  test('a solution of the equation in the field alone is refused', async () => {
    // 768 x = 32768 mod p has a root that is no small integer.
    const root = [1n, 2n, 3n]
      .map((k) => 32768n + k * bn254)
      .find((numerator) => numerator % 768n === 0n);
    expect(await claim([256n, (root ?? bn254 - 1n) / 768n])).toBeUndefined();
  });

  test('an entry that no residual ties down keeps to its format', async () => {
    const loose = new Map(honest);
    const [matrix, rhs] = lowered.program.lines[line]!.arguments as [number, number];
    loose.set(matrix, [512n, 0n, 0n, 0n]).set(rhs, [0n, 0n]);
    const free = (x: bigint) => noir().execute(new Map([...loose, [line, [256n, x]]]));
    expect(await free(32767n)).toBeDefined();
    expect(await free(-32768n)).toBeDefined();
    expect(await free(32768n)).toBeUndefined();
    expect(await free(-32769n)).toBeUndefined();
  });
});
