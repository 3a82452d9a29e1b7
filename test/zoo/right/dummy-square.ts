// A recipient that only a square uses, as Tornado Cash and Semaphore have it.
import { assert, u } from '../../../dsl/index.ts';
import { suspicious } from '../right.ts';

export default suspicious({
  name: 'dummy-square',
  suspicion: 'the assertion about the recipient always holds',
  because: 'a public value is part of the statement, and the proof holds for it alone',
  circuit(c) {
    const recipient = c.public('recipient', u(16, 0), [], { exact: true });
    const amount = c.secret('amount', u(8, 0), [], { exact: true });
    assert`0 <= ${recipient} * ${recipient}`;
    amount.expose('paid');
  },
  spec: ({ amount }) => ({ paid: amount! }),
});
