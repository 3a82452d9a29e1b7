// A zero test by advice: z x = 0 says that z is 0 where x is not, and nothing where x is 0.
import { assert, bit, defineHint, u } from '../../../dsl/index.ts';
import { twins } from '../twins.ts';

const isZero = defineHint('zoo-is-zero', ([x]) => x!.map((value) => Number(value === 0)));

export default twins({
  name: 'zero-test',
  source: {
    catalogue: '0xPARC ZK bug tracker',
    title: 'Common vulnerabilities, 8: assigned but not constrained (IsZero)',
    url: 'https://github.com/0xPARC/zk-bug-tracker#8-assigned-but-not-constrained',
  },
  fault: 'a zero test with one of its two equations',
  attack: 'says of 0 that it is not 0',
  repair: 'x + z ≥ 1 makes z 1 where x is 0',
  shows: 'circuit',
  nets: ['determinism', 'tampering'],
  circuit(c, isBroken) {
    const x = c.public('x', u(8, 0), [2], { exact: true });
    const z = c.advice(isZero, [x], bit, [2]);
    assert`${z}[i] * ${x}[i] == 0`;
    if (!isBroken) assert`1 <= ${x}[i] + ${z}[i]`;
    z.expose('zero');
  },
  inputs: [{ x: [0, 7] }],
  spec: ({ x }) => ({ zero: x!.map((value) => Number(value === 0)) }),
});
