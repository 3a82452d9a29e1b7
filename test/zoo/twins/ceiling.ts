// A quotient rounded up: q b ≥ a, and (q − 1) b < a. The second is missing.
import { assert, defineHint, u } from '../../../dsl/index.ts';
import { twins } from '../twins.ts';

const up = defineHint('zoo-ceiling', ([a, b]) =>
  a!.map((value, i) => Math.ceil(value / Math.max(b![i]!, 1))),
);

export default twins({
  name: 'ceiling',
  source: {
    catalogue: 'Issues of Mezcal',
    title:
      'Under-constrained `div_rem`: missing `remainder < divisor` check allows malicious witnesses (#29)',
    url: 'https://github.com/nemi-fi/mezcal/issues/29',
  },
  fault: 'a quotient is bounded from below alone',
  attack: 'rounds up by as much as he likes',
  repair: 'b ≥ 1, and a lies between (q − 1) b and q b: one q',
  shows: 'circuit',
  nets: ['determinism'],
  circuit(c, isBroken) {
    const a = c.public('a', u(10, 0), [2], { exact: true });
    const b = c.public('b', u(5, 0), [2], { exact: true });
    assert`1 <= ${b}[i]`;
    const q = c.advice(up, [a, b], u(10, 0), [2]);
    assert`0 <= ${q}[i] * ${b}[i] - ${a}[i]`;
    if (!isBroken) assert`1 <= ${a}[i] - (${q}[i] - 1) * ${b}[i]`;
    q.expose('q');
  },
  spec: ({ a, b }) => (b!.includes(0) ? undefined : { q: a!.map((x, i) => Math.ceil(x / b![i]!)) }),
});
