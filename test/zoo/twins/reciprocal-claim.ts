// A reciprocal by r x ≈ 1 with the author's claim how near that is. The check is looser than the claim.
import { defineHint, q, u } from '../../../dsl/index.ts';
import { twins } from '../twins.ts';

const inverse = defineHint('zoo-inverse', ([x]) => x!.map((value) => 1 / value));

export default twins({
  name: 'reciprocal-claim',
  source: {
    catalogue: 'Trail of Bits audit of EZKL',
    title: 'Division and reciprocal arguments lacked range checks on prover-provided advice',
    url: 'https://blog.ezkl.xyz/post/audit',
  },
  fault: 'the tolerance of a reciprocal is 32 times what its author counted with',
  attack: 'takes a reciprocal that is off by 2^-6 where 2^-11 is claimed',
  repair:
    '|r x − 1| ≤ 2^-12 and x ≥ 1 keep r within 2^-12 of 1/x; the author accepts his claim with that reason',
  shows: 'circuit',
  nets: ['declarations'],
  circuit(c, isBroken) {
    const x = c.public('x', q(16, 12), [2], { exact: true }).assertWithin({ low: 1, high: 7 });
    const r = c.advice(inverse, [x], u(20, 16), [2], { within: 2 ** -11 });
    const most = isBroken ? 2 ** -6 : 2 ** -12;
    r.mul(x).assertWithin({ low: 1 - most, high: 1 + most });
    c.assume('zoo-inverse.within', {
      because: 'x ≥ 1, so |r − 1/x| ≤ |r x − 1| ≤ 2^-12',
    });
    r.expose('r');
  },
  inputs: [{ x: [1, 2.5] }, { x: [1.75, 4] }],
  spec: ({ x }) => (x!.every((v) => v >= 1 && v <= 7) ? { r: x!.map((v) => 1 / v) } : undefined),
  within: 2 ** -11,
});
