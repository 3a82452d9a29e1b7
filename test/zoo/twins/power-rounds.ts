// The preimage of two rounds x → (x + k)ⁿ of a MiMC-like function. A round with n = 2 is no permutation.
import { assert, defineHint, q } from '../../../dsl/index.ts';
import type { Tensor } from '../../../dsl/index.ts';
import { twins } from '../twins.ts';

const preimage = defineHint('zoo-preimage', ([x]) => x!);

export default twins({
  name: 'power-rounds',
  source: {
    catalogue: 'MiMC, ePrint 2016/492',
    title: 'The exponent of a round has to make it a permutation',
    url: 'https://eprint.iacr.org/2016/492',
  },
  fault: 'rounds that are not injective',
  attack: 'opens a hash with −2 k − x in place of x',
  repair: 'each round cubes an integer, the second one is below 2^70, and cubes rise',
  shows: 'circuit',
  nets: ['determinism'],
  circuit(c, isBroken) {
    const x = c.secret('x', q(6, 0), [2], { exact: true });
    const key = c.public('key', q(6, 0), [2], { exact: true });
    const y = c.advice(preimage, [x], q(8, 0), [2]);
    const round = (value: Tensor): Tensor => {
      const sum = value.add(key);
      const square = sum.mul(sum);
      return isBroken ? square : square.mul(sum);
    };
    const [hash, own] = [x, y].map((each) => round(round(each)));
    assert`${own!}[i] == ${hash!}[i]`;
    y.expose('y');
  },
  spec: ({ x }) => ({ y: x! }),
});
