// Provers who choose solutions other than the honest one. hints.ts has those whose hints lie.
import { describe, expect, test } from 'vitest';
import { evaluateFixed } from '../../../../../compiler/meanings/fixed.ts';
import { lower, type LoweredProgram } from '../../../../../compiler/meanings/circuit.ts';
import { bn254 } from '../../../../../compiler/targets/noir/field.ts';
import { bit, circuit, q, solve, u, type CircuitBuilder } from '../../../../../dsl/index.ts';
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

describe('near-root', () => {
  // 3 x = a within 8, and (x + 1/2)^2 = v within 1/2: there the slope keeps its sign in the box alone.
  const lowered = build((c) => {
    const a = c.secret('a', q(6, 0));
    const v = c.secret('v', u(5, 0)).add(1);
    const three = c.constant(3, u(2, 0));
    c.root({ of: (x) => x.mul(three).sub(a), format: q(8, 1), tolerance: 4 }).expose('x');
    c.root({
      of: (x) => x.mul(x).add(x).add(0.25).sub(v),
      format: q(6, 2),
      box: { low: 0, high: 5.5 },
      tolerance: 1.5,
    }).expose('y');
  });
  const noir = compiledLater({ circuit: lowered });
  const lines = lowered.program.lines.flatMap(({ op }, i) => (op === 'near-root' ? [i] : []));
  const accepts = (element: number, x: bigint, given: Record<'a' | 'v', bigint>): boolean => {
    const y = (2n * x + 4n) ** 2n;
    if (element === 0) return 3n * x - 2n * given.a <= 8n && 2n * given.a - 3n * x <= 8n;
    const off = y - 64n * (given.v + 1n);
    return x >= 0n && x <= 22n && off <= 96n && off >= -96n;
  };

  test.each([0, 1])(
    'choice %i moves within the tolerance and its box, and no further',
    async (element) => {
      for (const given of [
        { a: 5n, v: 0n },
        { a: -32n, v: 9n },
        { a: 31n, v: 31n },
      ]) {
        const { values } = evaluateFixed(
          lowered.program,
          new Map(Object.entries(given).map(([name, x]) => [name, [x]])),
        );
        const honest = new Map(values.flatMap((value, i) => (value ? [[i, value] as const] : [])));
        for (let x = -30n; x <= 30n; x++) {
          const accepted = await noir().execute(new Map([...honest, [lines[element]!, [x]]]));
          expect(accepted !== undefined, `x = ${x}`).toBe(accepts(element, x, given));
        }
      }
    },
  );

  test('a root in the field alone is refused', async () => {
    const { values } = evaluateFixed(
      lowered.program,
      new Map([
        ['a', [5n]],
        ['v', [0n]],
      ]),
    );
    const honest = new Map(values.flatMap((value, i) => (value ? [[i, value] as const] : [])));
    const root = [1n, 2n, 3n].map((k) => 10n + k * bn254).find((each) => each % 3n === 0n)! / 3n;
    expect(await noir().execute(new Map([...honest, [lines[0]!, [root]]]))).toBeUndefined();
  });
});
