// Sign and magnitude, x = (1 − 2 s) m. Where x is 0, both signs pass.
import { assert, bit, defineHint, q, u } from '../../../dsl/index.ts';
import { twins } from '../twins.ts';

const isNegative = defineHint('zoo-is-negative', ([x]) => x!.map((value) => Number(value < 0)));
const magnitude = defineHint('zoo-magnitude', ([x]) => x!.map(Math.abs));

export default twins({
  name: 'signed-zero',
  source: {
    catalogue: 'Trail of Bits audit of EZKL',
    title: 'The decomposition of field elements did not enforce a canonical sign for zeros',
    url: 'https://blog.ezkl.xyz/post/audit',
  },
  fault: 'zero has two signs',
  attack: 'says of 0 that it is negative, and turns a comparison around',
  repair: 's = 1 only where x ≤ −1',
  shows: 'circuit',
  nets: ['determinism'],
  circuit(c, isBroken) {
    const x = c.public('x', q(8, 0), [2], { exact: true });
    const s = c.advice(isNegative, [x], bit, [2]);
    const m = c.advice(magnitude, [x], u(8, 0), [2]);
    assert`${m}[i] - 2 * ${s}[i] * ${m}[i] == ${x}[i]`;
    if (!isBroken) assert`0 <= ${s}[i] * (-1 - ${x}[i])`;
    s.expose('sign');
    m.expose('magnitude');
  },
  inputs: [{ x: [0, -5] }],
  spec: ({ x }) => ({ sign: x!.map((v) => Number(v < 0)), magnitude: x!.map(Math.abs) }),
});
