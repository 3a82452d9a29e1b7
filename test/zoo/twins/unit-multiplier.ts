// A difference times a number that was meant to be the constant 1.
import { defineHint, q, u } from '../../../dsl/index.ts';
import { twins } from '../twins.ts';

const one = defineHint('zoo-unit', () => Float64Array.of(1));

export default twins({
  name: 'unit-multiplier',
  source: {
    catalogue: 'zkBugs, on subnet-2-circom of Inference Labs',
    title: 'Subtract uses an unconstrained multiplier d (#2-2)',
    url: 'https://github.com/zksecurity/zkbugs/pull/73',
  },
  fault: 'a constant factor is assigned, and not asserted to be 1',
  attack: 'multiplies the score of a miner by any factor',
  repair: 'the factor is asserted to be 1',
  shows: 'circuit',
  nets: ['determinism', 'tampering'],
  circuit(c, isBroken) {
    const a = c.public('a', u(8, 0), [2], { exact: true });
    const b = c.public('b', u(8, 0), [2], { exact: true });
    const d = c.advice(one, [a], q(4, 0), [1]);
    if (!isBroken) d.sub(1).assertZero();
    a.sub(b).mul(d).expose('score');
  },
  spec: ({ a, b }) => ({ score: a!.map((x, i) => x - b![i]!) }),
});
