// A balance less a withdrawal. The assertion that the balance suffices is missing.
import { q, u } from '../../../dsl/index.ts';
import { twins } from '../twins.ts';

export default twins({
  name: 'withdrawal',
  source: {
    catalogue: '0xPARC ZK bug tracker',
    title: 'Common vulnerabilities, 3: arithmetic over/under flows (getNewBalance)',
    url: 'https://github.com/0xPARC/zk-bug-tracker#3-arithmetic-overunder-flows',
  },
  fault: 'a difference may be below 0',
  attack: 'withdraws more than he has',
  repair: 'the new balance is asserted to be 0 or more',
  shows: 'specification',
  nets: ['specification'],
  circuit(c, isBroken) {
    const balance = c.secret('balance', u(10, 0), [], { exact: true });
    const amount = c.public('amount', u(10, 0), [], { exact: true });
    const left = balance.sub(amount).rescale(q(12, 0));
    if (!isBroken) left.assertWithin({ low: 0, high: 1023 });
    left.expose('left');
  },
  spec: ({ balance, amount }) =>
    balance![0]! >= amount![0]! ? { left: [balance![0]! - amount![0]!] } : undefined,
});
