// The integer cube root, r³ ≤ x < (r + 1)³: the upper bound is missing.
import { assert, defineHint, u } from '../../../dsl/index.ts';
import { twins } from '../twins.ts';

const root = defineHint('zoo-cube-root-floor', ([x]) =>
  x!.map((value) => Math.floor(Math.cbrt(value) + 1e-9)),
);

export default twins({
  name: 'cube-root-floor',
  source: {
    catalogue: 'Issues of anybody-problem',
    title: 'Possible Bug: Under constraint 3 (approxMath, #385)',
    url: 'https://github.com/trifle-labs/anybody-problem/issues/385',
  },
  fault: 'a root that is bounded from above alone',
  attack: 'takes 0 for every root',
  repair: 'the cubes of r and r + 1 leave one r',
  shows: 'circuit',
  nets: ['determinism'],
  circuit(c, isBroken) {
    const x = c.public('x', u(12, 0), [2], { exact: true });
    const r = c.advice(root, [x], u(5, 0), [2]);
    assert`0 <= ${x}[i] - ${r}[i] * ${r}[i] * ${r}[i]`;
    if (!isBroken) {
      const next = r.add(1);
      assert`1 <= ${next}[i] * ${next}[i] * ${next}[i] - ${x}[i]`;
    }
    r.expose('root');
  },
  spec: ({ x }) => ({ root: x!.map((value) => Math.floor(Math.cbrt(value) + 1e-9)) }),
});
