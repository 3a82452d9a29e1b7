// A key is compared with the modulus, and nothing reads the result.
import { assert, u } from '../../../dsl/index.ts';
import { twins } from '../twins.ts';

export default twins({
  name: 'unread-comparison',
  source: {
    catalogue: 'Veridise audit of Telepathy; circom-pairing',
    title: 'V-SUC-VUL-002: Template CoreVerifyPubkeyG1 does not perform input validation',
    url: 'https://github.com/zksecurity/zkbugs/blob/main/reports/documents/veridise-telepathy.pdf',
  },
  fault: 'the result of BigLessThan is not asserted',
  attack: 'gives a key that is not reduced',
  repair: 'the result is asserted to be 1',
  shows: 'specification',
  nets: ['specification'],
  circuit(c, isBroken) {
    const key = c.secret('key', u(8, 0), [2], { exact: true });
    const isReduced = key.lessThan(241);
    if (!isBroken) assert`${isReduced}[i] == 1`;
    key.sum({ axis: 0 }).expose('sum');
  },
  spec: ({ key }) => (key!.every((k) => k < 241) ? { sum: [key![0]! + key![1]!] } : undefined),
});
