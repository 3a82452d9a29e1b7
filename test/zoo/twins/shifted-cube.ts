// A number at the same place as b, seen from a, by a power of the difference. By squares there are two such places.
import { assert, defineHint, q } from '../../../dsl/index.ts';
import { twins } from '../twins.ts';

const place = defineHint('zoo-same-place', ([, b]) => b!);

export default twins({
  name: 'shifted-cube',
  source: {
    catalogue: 'Pull requests of snarkVM',
    title: '[Fix] Fix circuit for cast lossy field to group (#2133): both square roots',
    url: 'https://github.com/ProvableHQ/snarkVM/pull/2133',
  },
  fault: 'a difference by its square, which forgets the sign',
  attack: 'takes the place on the other side of a',
  repair: 'the cubes of integers rise, and the differences are small',
  shows: 'circuit',
  nets: ['determinism'],
  circuit(c, isBroken) {
    const a = c.public('a', q(8, 2), [2], { exact: true });
    const b = c.public('b', q(8, 2), [2], { exact: true });
    const y = c.advice(place, [a, b], q(10, 2), [2]);
    const [own, other] = [y.sub(a), b.sub(a)];
    const [square, otherSquare] = [own.mul(own), other.mul(other)];
    if (isBroken) assert`${square}[i] == ${otherSquare}[i]`;
    else assert`${square}[i] * ${own}[i] == ${otherSquare}[i] * ${other}[i]`;
    y.expose('y');
  },
  spec: ({ b }) => ({ y: b! }),
});
