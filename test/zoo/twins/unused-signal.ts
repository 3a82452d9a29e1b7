// The message that a proof is about is a public input, and nothing in the circuit uses it.
import { concat, u } from '../../../dsl/index.ts';
import { twins } from '../twins.ts';

export default twins({
  name: 'unused-signal',
  source: {
    catalogue: '0xPARC ZK bug tracker',
    title: 'Common vulnerabilities, 5: unused public inputs optimized out (Semaphore)',
    url: 'https://github.com/0xPARC/zk-bug-tracker#5-unused-public-inputs-optimized-out',
  },
  fault: 'a public input that no constraint holds',
  attack: 'takes the proof of another, and puts his own message beside it',
  repair: 'the message is hashed with the identity',
  shows: 'circuit',
  nets: ['building'],
  circuit(c, isBroken) {
    const message = c.public('message', u(32, 0), [1], { exact: true });
    const identity = c.public('identity', u(32, 0), [1], { exact: true });
    const hashed = isBroken ? identity : concat([identity, message], { axis: 0 });
    hashed.pack().hash().expose('tag');
  },
});
