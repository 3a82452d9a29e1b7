// Two numbers by their sum and their difference. Neither equation forces either of them.
import { assert, defineHint, q } from '../../../dsl/index.ts';
import { suspicious } from '../right.ts';

const larger = defineHint('zoo-larger', ([s, d]) => s!.map((value, i) => (value + d![i]!) / 2));
const smaller = defineHint('zoo-smaller', ([s, d]) => s!.map((value, i) => (value - d![i]!) / 2));

export default suspicious({
  name: 'sum-and-difference',
  suspicion: 'each advice value stands only in equations with another one',
  because: 'the two equations are independent, and have one solution together',
  circuit(c) {
    const s = c.public('sum', q(8, 0), [2], { exact: true });
    const d = c.public('difference', q(8, 0), [2], { exact: true });
    const a = c.advice(larger, [s, d], q(10, 1), [2]);
    const b = c.advice(smaller, [s, d], q(10, 1), [2]);
    assert`${a}[i] + ${b}[i] == ${s}[i]`;
    assert`${a}[i] - ${b}[i] == ${d}[i]`;
    a.expose('a');
    b.expose('b');
  },
  spec: ({ sum, difference }) => ({
    a: sum!.map((s, i) => (s + difference![i]!) / 2),
    b: sum!.map((s, i) => (s - difference![i]!) / 2),
  }),
});
