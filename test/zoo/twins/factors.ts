// Two factors of a public number, neither of them 1. The assertion that neither is 1 is missing.
import { assert, u } from '../../../dsl/index.ts';
import { twins } from '../twins.ts';

export default twins({
  name: 'factors',
  source: {
    catalogue: '0xPARC ZK bug tracker',
    title: 'Common vulnerabilities, 1: under-constrained circuits (NonIdentityFactors)',
    url: 'https://github.com/0xPARC/zk-bug-tracker#1-under-constrained-circuits',
  },
  fault: 'a factor may be 1',
  attack: 'proves of a prime that he knows its factors',
  repair: 'both factors are 2 or more',
  shows: 'specification',
  nets: ['specification'],
  circuit(c, isBroken) {
    const value = c.public('value', u(12, 0), [], { exact: true });
    const f = c.secret('f', u(6, 0), [], { exact: true });
    const g = c.secret('g', u(6, 0), [], { exact: true });
    assert`${f} * ${g} == ${value}`;
    if (!isBroken) {
      assert`2 <= ${f}`;
      assert`2 <= ${g}`;
    }
  },
  inputs: [{ value: [143], f: [11], g: [13] }],
  spec: ({ value, f, g }) =>
    f![0]! * g![0]! === value![0] && f![0]! > 1 && g![0]! > 1 ? {} : undefined,
});
