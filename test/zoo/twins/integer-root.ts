// The integer square root, r² ≤ x < (r + 1)²: the upper bound is missing.
import { assert, defineHint, u } from '../../../dsl/index.ts';
import { twins } from '../twins.ts';

const root = defineHint('zoo-integer-root', ([x]) =>
  x!.map((value) => Math.floor(Math.sqrt(value))),
);

export default twins({
  name: 'integer-root',
  source: {
    catalogue: 'Issues of anybody-problem',
    title: 'Possible Bug: Under constraint 2 (Sqrt, #384)',
    url: 'https://github.com/trifle-labs/anybody-problem/issues/384',
  },
  fault: 'a square root that is bounded from above alone',
  attack: 'takes 0 for every root',
  repair: 'r² ≤ x < (r + 1)² leaves one r',
  shows: 'circuit',
  nets: ['determinism', 'tampering'],
  circuit(c, isBroken) {
    const x = c.public('x', u(10, 0), [2], { exact: true });
    const r = c.advice(root, [x], u(5, 0), [2]);
    assert`0 <= ${x}[i] - ${r}[i] * ${r}[i]`;
    if (!isBroken) assert`1 <= (${r}[i] + 1) * (${r}[i] + 1) - ${x}[i]`;
    r.expose('root');
  },
  spec: ({ x }) => ({ root: x!.map((value) => Math.floor(Math.sqrt(value))) }),
});
