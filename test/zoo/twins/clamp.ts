// A number clamped to 0 … 100 in two steps, each with the complement of its two bounds. The first step has lost it.
import { assert, defineHint, q, u } from '../../../dsl/index.ts';
import { twins } from '../twins.ts';

const atMost = defineHint('zoo-at-most-100', ([x]) => x!.map((value) => Math.min(value, 100)));
const clamped = defineHint('zoo-clamped', ([m]) => m!.map((value) => Math.max(value, 0)));

export default twins({
  name: 'clamp',
  source: {
    catalogue: 'zkBugs, on subnet-2-circom of Inference Labs',
    title: 'Clamp: LessThan inputs are not range-checked (#2-1)',
    url: 'https://github.com/zksecurity/zkbugs/pull/73',
  },
  fault: 'a minimum that is bounded from above alone',
  attack: 'clamps every score to 0',
  repair: 'the minimum is x or 100, and the maximum of it and 0 is one of them',
  shows: 'circuit',
  nets: ['determinism'],
  circuit(c, isBroken) {
    const x = c.secret('x', q(10, 0), [2], { exact: true });
    const m = c.advice(atMost, [x], q(10, 0), [2]);
    assert`0 <= ${x}[i] - ${m}[i]`;
    assert`${m}[i] <= 100`;
    if (!isBroken) assert`(${m}[i] - ${x}[i]) * (${m}[i] - 100) == 0`;
    const y = c.advice(clamped, [m], u(8, 0), [2]);
    assert`0 <= ${y}[i] - ${m}[i]`;
    assert`${y}[i] * (${y}[i] - ${m}[i]) == 0`;
    y.expose('y');
  },
  spec: ({ x }) => ({ y: x!.map((value) => Math.max(0, Math.min(value, 100))) }),
});
