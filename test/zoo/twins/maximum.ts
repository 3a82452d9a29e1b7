// The maximum as an element that no other exceeds. The assertion that none exceeds it is missing.
import { assert, defineHint, q } from '../../../dsl/index.ts';
import { twins } from '../twins.ts';

const largest = defineHint('zoo-largest', ([x]) => Float64Array.of(Math.max(...x!)));

export default twins({
  name: 'maximum',
  source: {
    catalogue: 'SoK: What Don’t We Know? Understanding Security Vulnerabilities in SNARKs',
    title: 'Root cause: wrong translation of logic into constraints',
    url: 'https://arxiv.org/abs/2402.15293',
  },
  fault: 'a maximum that is any of the elements',
  attack: 'names the class that suits him the most probable',
  repair: 'no element is above it, and it is one of them',
  shows: 'circuit',
  nets: ['determinism', 'tampering'],
  circuit(c, isBroken) {
    const x = c.secret('x', q(8, 0), [3], { exact: true });
    const y = c.advice(largest, [x], q(8, 0), [1]);
    const at = (k: number) => x.slice({ axis: 0, start: k, end: k + 1 });
    assert`(${y}[i] - ${at(0)}[i]) * (${y}[i] - ${at(1)}[i]) * (${y}[i] - ${at(2)}[i]) == 0`;
    if (!isBroken) assert`0 <= ${y}[i] - ${x}[j]`;
    y.expose('maximum');
  },
  spec: ({ x }) => ({ maximum: [Math.max(...x!)] }),
});
