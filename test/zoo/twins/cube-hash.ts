// A round of a cubing hash. The result is computed beside the circuit and assigned, and the equation is missing.
import { assert, defineHint, u } from '../../../dsl/index.ts';
import { twins } from '../twins.ts';

const cubed = defineHint('zoo-cubed', ([x, k]) => x!.map((value) => (value + k![0]!) ** 3));

export default twins({
  name: 'cube-hash',
  source: {
    catalogue: '0xPARC ZK bug tracker',
    title: '14. MiMC Hash: Assigned but not Constrained (Tornado Cash)',
    url: 'https://github.com/0xPARC/zk-bug-tracker#14-mimc-hash-assigned-but-not-constrained',
  },
  fault: 'an output that is assigned, = in place of <==',
  attack: 'names any output of the hash',
  repair: 'the output is asserted to be the cube',
  shows: 'circuit',
  nets: ['determinism', 'tampering'],
  circuit(c, isBroken) {
    const x = c.secret('x', u(6, 0), [2], { exact: true });
    const key = c.public('key', u(6, 0), [], { exact: true });
    const sum = x.add(key);
    const out = c.advice(cubed, [x, key], u(21, 0), [2]);
    const cube = sum.mul(sum).mul(sum);
    if (!isBroken) assert`${out}[i] == ${cube}[i]`;
    out.expose('hash');
  },
  spec: ({ x, key }) => ({ hash: x!.map((value) => (value + key![0]!) ** 3) }),
});
