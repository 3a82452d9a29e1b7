// Mutation testing on two small circuits, all mutants: every one is noticed, or changes nothing for a reason that is said.
// `npm run mutate` does the same for every op, stdlib circuit and example.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileCircuit } from '../../../compiler/compile.ts';
import { arbitraryInputs } from '../../../compiler/testing/index.ts';
import { mutate } from '../../../compiler/testing/mutation/mutate.ts';
import { rate, Scoreboard } from '../../../compiler/testing/mutation/score.ts';
import { bit, circuit, q } from '../../../dsl/index.ts';

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
  const { total, survivors } = board.score();
  expect(total.mutants).toBeGreaterThan(40);
  expect(survivors.filter(({ explained }) => explained === undefined)).toEqual([]);
  expect(rate(total)).toBe(1);
});
