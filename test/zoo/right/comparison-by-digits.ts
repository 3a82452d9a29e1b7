// x ≥ 100 by quotient and remainder: x − 100 + 256 = 256 b + r.
import { assert, bit, defineHint, u } from '../../../dsl/index.ts';
import { suspicious } from '../right.ts';

const atLeast = defineHint('zoo-at-least-100', ([x]) => x!.map((value) => Number(value >= 100)));
const rest = defineHint('zoo-rest-of-100', ([x]) => x!.map((value) => (value + 156) % 256));

export default suspicious({
  name: 'comparison-by-digits',
  suspicion: 'the decision is advice, and no line compares anything',
  because: 'both sides are below 512, b is a bit and r a byte: digits are unique',
  circuit(c) {
    const x = c.public('x', u(8, 0), [3], { exact: true });
    const b = c.advice(atLeast, [x], bit, [3]);
    const r = c.advice(rest, [x], u(8, 0), [3]);
    assert`${x}[i] + 156 == 256 * ${b}[i] + ${r}[i]`;
    b.expose('atLeast');
  },
  spec: ({ x }) => ({ atLeast: x!.map((value) => Number(value >= 100)) }),
});
