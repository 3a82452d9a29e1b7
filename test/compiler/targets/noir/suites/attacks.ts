// Provers who choose solutions other than the honest one. hints.ts has those whose hints lie.
import { describe, expect, test } from 'vitest';
import { evaluateFixed } from '../../../../../compiler/meanings/fixed.ts';
import { lower, type LoweredProgram } from '../../../../../compiler/meanings/circuit.ts';
import { bn254 } from '../../../../../compiler/targets/noir/field.ts';
import { bit, circuit, q, solve, type CircuitBuilder } from '../../../../../dsl/index.ts';
import { compiledLater } from '../together.ts';

const build = (describeIt: (c: CircuitBuilder) => void): LoweredProgram =>
  lower(circuit('attacked', {}, describeIt).build());

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
