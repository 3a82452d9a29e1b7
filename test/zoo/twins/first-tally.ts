// Votes are added to the tally so far. In the first batch the tally so far is 0, and nothing says so.
import { assert, bit, u } from '../../../dsl/index.ts';
import { twins } from '../twins.ts';

export default twins({
  name: 'first-tally',
  source: {
    catalogue: 'HashCloak audit of MACI',
    title: 'Data are not fully verified during state update (initial tally)',
    url: 'https://github.com/zksecurity/zkbugs/blob/main/reports/documents/hashcloak-maci.pdf',
  },
  fault: 'the tally of the first batch is not asserted to be 0',
  attack: 'starts with votes that nobody cast',
  repair: 'first · tally = 0',
  shows: 'specification',
  nets: ['specification'],
  circuit(c, isBroken) {
    const first = c.public('first', bit);
    const tally = c.secret('tally', u(8, 0), [3], { exact: true });
    const votes = c.public('votes', u(4, 0), [3], { exact: true });
    if (!isBroken) assert`${first} * ${tally}[i] == 0`;
    else assert`0 <= ${first} + ${tally}[i]`;
    tally.add(votes).expose('after');
  },
  inputs: [{ first: [1], tally: [0, 0, 0], votes: [3, 1, 2] }],
  spec: ({ first, tally, votes }) =>
    first![0] === 1 && tally!.some((t) => t !== 0)
      ? undefined
      : { after: tally!.map((t, i) => t + votes![i]!) },
});
