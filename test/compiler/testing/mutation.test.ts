// Mutation testing on two small circuits, all mutants: every one is noticed, or changes nothing for a reason that is said.
// `npm run mutate` does the same for every op, stdlib circuit and example.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileCircuit } from '../../../compiler/compile.ts';
import type { InputValues } from '../../../compiler/constraints/witness.ts';
import { arbitraryInputs } from '../../../compiler/testing/index.ts';
import { mutate } from '../../../compiler/testing/mutation/mutate.ts';
import { rate, Scoreboard } from '../../../compiler/testing/mutation/score.ts';
import { bit, circuit, q, u, type Circuit } from '../../../dsl/index.ts';

const circuits = [
  circuit('rounding', {}, (c) => {
    c.secret('x', q(12, 6), [2]).rescale(q(8, 3)).expose('y');
  }),
  circuit('choosing', {}, (c) => {
    const mask = c.public('mask', bit, [2]);
    mask.select(c.secret('a', q(6, 2), [2]), c.secret('b', q(6, 2), [2])).expose('y');
  }),
];

test.each(circuits)('$name', (each) => {
  const compiled = compileCircuit(each);
  const samples = fc.sample(arbitraryInputs(compiled.program), { numRuns: 40, seed: 1 });
  const board = new Scoreboard();
  for (const outcome of mutate(
    compiled,
    samples.map(({ fixed }) => fixed),
  ))
    board.add(each.name, compiled, outcome);
  const { total, unnoticed } = board.score();
  expect(total.mutants).toBeGreaterThan(40);
  expect(unnoticed.filter(({ verdict }) => verdict !== 'equivalent')).toEqual([]);
  expect(rate(total)).toBe(1);
});

describe('explanations', () => {
  /** Why changes of a kind to constraints of an input survive, for changes that nothing notices. */
  const reasons = (
    each: Circuit,
    inputs: readonly InputValues[],
    wanted: string,
  ): (string | undefined)[] =>
    [...mutate(compileCircuit(each), inputs, { doubt: true })]
      .filter(({ mutant }) => mutant.edit.description.includes(wanted))
      .flatMap(({ verdict }) =>
        verdict.is === 'killed' ? [] : verdict.is === 'equivalent' ? verdict.by : undefined,
      );

  test.each([
    ['as large as c n + r² n', 16, 'definite'],
    ['as large as r² n: r may be 0', 0, 'noticed'],
    ['as large as r² n − c n: it may be 0', -16, undefined],
  ])('a number may have a bit more where something is %s', (_, shift, reason) => {
    const each = circuit('bounded', {}, (c) => {
      const r = c.secret('r', q(12, 0), [1]);
      const n = c.secret('n', q(36, 0), [1]);
      const image = r.mul(r.mul(n));
      const all = shift === 0 ? image : image.add(n.scale(shift, { fraction: 0 }));
      all.assertWithin({ low: -(2 ** 30), high: 2 ** 30 - 1 });
    });
    const inputs = [
      [3n, 7n],
      [0n, -5n],
      [-9n, 40n],
    ].map(([r, n]) => new Map(Object.entries({ r: [r!], n: [n!] })));
    const found = reasons(each, inputs, 'may have 13 bits');
    expect(found).toEqual(reason === 'noticed' ? [] : [reason]);
  });

  test('a number may have a bit more where its square is bounded', () => {
    const each = circuit('squared', {}, (c) => {
      const n = c.secret('n', q(36, 0), [1]);
      n.mul(n).assertWithin({ low: -1, high: 2 ** 40 - 1 });
    });
    const inputs = [7n, -5000n].map((n) => new Map([['n', [n]]]));
    expect(reasons(each, inputs, 'may have 13 bits')).toEqual(['implied']);
  });

  test('limbs that nothing reads may change places, others not', () => {
    const each = circuit('words', {}, (c) => {
      const words = c.secret('words', u(64, 0), [2]);
      words.unpack({ format: u(12, 0), length: 2 }).expose('numbers');
      words.rescale(u(64, 0)).expose('same');
    });
    const inputs = [new Map([['words', [0x1234_5678_9abc_def0n, 77n << 40n]]])];
    expect(reasons(each, inputs, 'limbs 0 and 1')).toEqual(['unread']);
  });
});
