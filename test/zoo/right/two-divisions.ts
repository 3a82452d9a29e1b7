// A quotient twice: by the operation, and by advice with a remainder that is no value of its own. Both are equal.
import { assert, defineHint, u } from '../../../dsl/index.ts';
import { suspicious } from '../right.ts';

const quotient = defineHint('zoo-by-ten', ([x]) => x!.map((value) => Math.floor(value / 10)));

export default suspicious({
  name: 'two-divisions',
  suspicion: 'the remainder is never checked against the dividend: it is computed of it',
  because: '0 ≤ x − 10 q ≤ 9 leaves one q, and it is equal to x.divFloor(10)',
  circuit(c) {
    const x = c.public('x', u(12, 0), [2], { exact: true });
    const q = c.advice(quotient, [x], u(9, 0), [2]);
    assert`0 <= ${x}[i] - 10 * ${q}[i] <= 9`;
    assert`${q}[i] == ${x.divFloor(10)}[i]`;
    q.expose('q');
  },
  spec: ({ x }) => ({ q: x!.map((value) => Math.floor(value / 10)) }),
});
