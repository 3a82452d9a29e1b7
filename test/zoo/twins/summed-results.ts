// Two results of an unconstrained function: their sum is asserted, and neither of them.
import { assert, defineHint, u } from '../../../dsl/index.ts';
import { twins } from '../twins.ts';

const squares = defineHint('zoo-two-squares', ([x]) =>
  Float64Array.of(x![0]! ** 2, (x![0]! + 1) ** 2),
);

export default twins({
  name: 'summed-results',
  source: {
    catalogue: 'Issues of Noir',
    title: 'False warning: brillig call flagged as insufficiently constrained (#10547)',
    url: 'https://github.com/noir-lang/noir/issues/10547',
  },
  fault: 'the sum of two results is asserted in place of each',
  attack: 'takes from one result and gives to the other',
  repair: 'each result is asserted',
  shows: 'circuit',
  nets: ['determinism', 'declarations'],
  circuit(c, isBroken) {
    const x = c.public('x', u(5, 0), [1], { exact: true });
    const y = c.advice(squares, [x], u(11, 0), [2]);
    const at = (k: number) => y.slice({ axis: 0, start: k, end: k + 1 });
    if (isBroken) {
      assert`${at(0)}[i] + ${at(1)}[i] == 2 * ${x}[i] * ${x}[i] + 2 * ${x}[i] + 1`;
    } else {
      assert`${at(0)}[i] == ${x}[i] * ${x}[i]`;
      assert`${at(1)}[i] == ${x}[i] * ${x}[i] + 2 * ${x}[i] + 1`;
    }
    y.expose('squares');
  },
  spec: ({ x }) => ({ squares: [x![0]! ** 2, (x![0]! + 1) ** 2] }),
});
