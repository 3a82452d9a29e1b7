// A copy by one equation: the squares of all differences sum to 0.
import { assert, defineHint, q } from '../../../dsl/index.ts';
import { suspicious } from '../right.ts';

const same = defineHint('zoo-same', ([x]) => x!);

export default suspicious({
  name: 'sum-of-squares',
  suspicion: 'one equation for three unknowns',
  because: 'squares of integers are 0 or more, and the sum cannot wrap around: each is 0',
  circuit(c) {
    const x = c.secret('x', q(8, 0), [3], { exact: true });
    const y = c.advice(same, [x], q(8, 0), [3]);
    assert`sum[i] (${y}[i] - ${x}[i]) * (${y}[i] - ${x}[i]) == 0`;
    y.expose('y');
  },
  spec: ({ x }) => ({ y: x! }),
});
