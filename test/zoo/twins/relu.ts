// The textbook ReLU: y ≥ 0, y ≥ x, y (y − x) = 0. The product is missing.
import { assert, defineHint, q, u } from '../../../dsl/index.ts';
import { twins } from '../twins.ts';

const relu = defineHint('zoo-relu', ([x]) => x!.map((value) => Math.max(value, 0)));

export default twins({
  name: 'relu',
  source: {
    catalogue: 'SoK: What Don’t We Know? Understanding Security Vulnerabilities in SNARKs',
    title: 'Root cause: wrong translation of logic into constraints',
    url: 'https://arxiv.org/abs/2402.15293',
  },
  fault: 'a ReLU that is bounded from below alone',
  attack: 'activates neurons as strongly as he likes',
  repair: 'y is 0 or x, and no less than either',
  shows: 'circuit',
  nets: ['determinism', 'tampering'],
  circuit(c, isBroken) {
    const x = c.secret('x', q(10, 4), [3], { exact: true });
    const y = c.advice(relu, [x], u(9, 4), [3]);
    assert`0 <= ${y}[i] - ${x}[i]`;
    if (!isBroken) assert`${y}[i] * (${y}[i] - ${x}[i]) == 0`;
    y.expose('y');
  },
  spec: ({ x }) => ({ y: x!.map((value) => Math.max(value, 0)) }),
});
