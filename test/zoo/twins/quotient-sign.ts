// Exact division by magnitudes, (q b)² = a²: the sign of the quotient is open.
import { assert, defineHint, q } from '../../../dsl/index.ts';
import { twins } from '../twins.ts';

const exact = defineHint('zoo-exact-signed-quotient', ([a, b]) =>
  a!.map((value, i) => Math.trunc(value / (b![i]! || 1))),
);

export default twins({
  name: 'quotient-sign',
  source: {
    catalogue: 'Pull requests of ZisK',
    title: 'DIV(1, −1) is proven as +1: the sign of the quotient is not pinned (#12)',
    url: 'https://github.com/codygunton/zisk/pull/12',
  },
  fault: 'the sign of a quotient is not tied to those of its operands',
  attack: 'divides 1 by −1 to 1',
  repair: 'q b has the sign of a, so that it is a, and b is not 0',
  shows: 'circuit',
  nets: ['determinism'],
  circuit(c, isBroken) {
    const a = c.public('a', q(8, 0), [2], { exact: true });
    const b = c.public('b', q(5, 0), [2], { exact: true });
    const quo = c.advice(exact, [a, b], q(9, 0), [2]);
    const back = quo.mul(b);
    assert`1 <= ${b}[i] * ${b}[i]`;
    assert`${back}[i] * ${back}[i] == ${a}[i] * ${a}[i]`;
    if (!isBroken) assert`0 <= ${back}[i] * ${a}[i]`;
    quo.expose('quotient');
  },
  inputs: [{ a: [1, -12], b: [-1, 4] }],
  spec: ({ a, b }) => (b!.includes(0) ? undefined : { quotient: a!.map((x, i) => x / b![i]! + 0) }),
});
