// |x| as a square root of x²: the sign of the root is open.
import { assert, defineHint, q, u } from '../../../dsl/index.ts';
import { twins } from '../twins.ts';

const size = defineHint('zoo-absolute', ([x]) => x!.map(Math.abs));

export default twins({
  name: 'absolute',
  source: {
    catalogue: 'Pull requests of snarkVM',
    title: '[Fix] Square root (#2049): non-determinism of the square root circuit',
    url: 'https://github.com/ProvableHQ/snarkVM/pull/2049',
  },
  fault: 'a square root of either sign',
  attack: 'takes the negative root',
  repair: 'the root is unsigned',
  shows: 'circuit',
  nets: ['determinism', 'tampering'],
  circuit(c, isBroken) {
    const x = c.public('x', q(8, 4), [2], { exact: true });
    const y = c.advice(size, [x], isBroken ? q(9, 4) : u(8, 4), [2]);
    assert`${y}[i] * ${y}[i] == ${x}[i] * ${x}[i]`;
    y.expose('y');
  },
  spec: ({ x }) => ({ y: x!.map(Math.abs) }),
});
