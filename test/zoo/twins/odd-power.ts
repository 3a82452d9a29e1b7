// A number with the same power. Where the exponent is even, its negative has it, too.
import { assert, defineHint, q } from '../../../dsl/index.ts';
import { twins } from '../twins.ts';

const same = defineHint('zoo-same-power', ([x]) => x!);

export default twins({
  name: 'odd-power',
  source: {
    catalogue: 'Pull requests of scroll-tech/zkevm-circuits',
    title: 'Under-constrained parity-check gadget in ExpCircuit (#738)',
    url: 'https://github.com/scroll-tech/zkevm-circuits/pull/738',
  },
  fault: 'an even power where an odd one is meant',
  attack: 'takes −x for x',
  repair: 'the fifth powers of small integers rise: x alone has that of x',
  shows: 'circuit',
  nets: ['determinism'],
  circuit(c, isBroken) {
    const x = c.secret('x', q(7, 0), [2], { exact: true });
    const y = c.advice(same, [x], q(7, 0), [2]);
    const [fourth, own] = [x, y].map((each) => each.mul(each)).map((each) => each.mul(each));
    if (isBroken) assert`${own!}[i] == ${fourth!}[i]`;
    else assert`${own!}[i] * ${y}[i] == ${fourth!}[i] * ${x}[i]`;
    y.expose('y');
  },
  spec: ({ x }) => ({ y: x! }),
});
