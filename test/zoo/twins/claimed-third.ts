// A third of a number by advice. Its author declares how near it is, and asserts nothing.
import { assert, defineHint, u } from '../../../dsl/index.ts';
import { twins } from '../twins.ts';

const third = defineHint('zoo-third', ([x]) => x!.map((value) => Math.floor(value / 3)));

export default twins({
  name: 'claimed-third',
  source: {
    catalogue: 'Issues of Noir',
    title:
      'False warning: brillig call flagged as insufficiently constrained (#10547), on what has to be asserted of an unconstrained result',
    url: 'https://github.com/noir-lang/noir/issues/10547',
  },
  fault: 'the result of an unconstrained function is used on the strength of a declaration',
  attack: 'names any number',
  repair: 'x − 3 y is 0, 1 or 2, and nothing is declared',
  shows: 'circuit',
  nets: ['assumptions', 'declarations'],
  circuit(c, isBroken) {
    const x = c.public('x', u(10, 0), [2], { exact: true });
    const y = c.advice(third, [x], u(9, 0), [2], isBroken ? { within: 0.5 } : {});
    if (!isBroken) assert`0 <= ${x}[i] - 3 * ${y}[i] <= 2`;
    y.expose('third');
  },
  spec: ({ x }) => ({ third: x!.map((value) => Math.floor(value / 3)) }),
});
