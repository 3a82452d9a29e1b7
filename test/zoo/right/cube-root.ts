// A number with the same cube. There are three cube roots in some fields.
import { assert, defineHint, q } from '../../../dsl/index.ts';
import { suspicious } from '../right.ts';

const same = defineHint('zoo-same-cube', ([x]) => x!);

export default suspicious({
  name: 'cube-root',
  suspicion: 'an equation of the third degree has up to three solutions',
  because: 'y and x are small integers, and the cubes of integers rise',
  circuit(c) {
    const x = c.secret('x', q(6, 0), [2], { exact: true });
    const y = c.advice(same, [x], q(6, 0), [2]);
    assert`${y}[i] * ${y}[i] * ${y}[i] == ${x}[i] * ${x}[i] * ${x}[i]`;
    y.expose('y');
  },
  spec: ({ x }) => ({ y: x! }),
});
