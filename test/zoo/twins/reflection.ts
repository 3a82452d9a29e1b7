// A number at the same distance from a as b is. Its reflection is as far.
import { assert, defineHint, q } from '../../../dsl/index.ts';
import { twins } from '../twins.ts';

const other = defineHint('zoo-other-end', ([, b]) => b!);

export default twins({
  name: 'reflection',
  source: {
    catalogue: 'Pull requests of snarkVM',
    title: '[Fix] Square root (#2049): non-determinism of the square root circuit',
    url: 'https://github.com/ProvableHQ/snarkVM/pull/2049',
  },
  fault: 'a square equation with two roots inside of the format',
  attack: 'takes the point on the other side',
  repair: 'y is asserted to be b',
  shows: 'circuit',
  nets: ['determinism', 'declarations'],
  circuit(c, isBroken) {
    const a = c.public('a', q(8, 0), [2], { exact: true });
    const b = c.public('b', q(8, 0), [2], { exact: true });
    const y = c.advice(other, [a, b], q(10, 0), [2]);
    assert`(${y}[i] - ${a}[i]) * (${y}[i] - ${a}[i]) == (${b}[i] - ${a}[i]) * (${b}[i] - ${a}[i])`;
    if (!isBroken) assert`${y}[i] == ${b}[i]`;
    y.expose('y');
  },
  spec: ({ b }) => ({ y: b! }),
});
