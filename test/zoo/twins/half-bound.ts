// A commitment that leaves out the last element of what the statement is about.
import { assert, field, u } from '../../../dsl/index.ts';
import { commit } from '../../../stdlib/index.ts';
import { twins } from '../twins.ts';

export default twins({
  name: 'half-bound',
  source: {
    catalogue: '0xPARC ZK bug tracker',
    title: '25. Aleo: Non-Committing Encryption Used in InputID::Private',
    url: 'https://github.com/0xPARC/zk-bug-tracker#25-aleo-non-committing-encryption-used-in-inputidprivate',
  },
  fault: 'the identifier does not bind all that it stands for',
  attack: 'changes the last amount afterwards',
  repair: 'all elements are committed to',
  shows: 'circuit',
  nets: ['binding'],
  circuit(c, isBroken) {
    const amounts = c.secret('amounts', u(8, 0), [1, 4], { exact: true });
    const salts = c.secret('salts', field, [1, 1]);
    const committed = amounts.slice({ axis: 1, start: 0, end: isBroken ? 3 : 4 });
    commit(committed, { salts }).expose('commitment');
    assert`0 <= sum[i,j] ${amounts}[i,j] <= 500`;
  },
  inputs: [{ amounts: [20, 30, 40, 50], salts: [12345] }],
  spec: ({ amounts }) => (amounts!.reduce((sum, a) => sum + a, 0) <= 500 ? {} : undefined),
});
