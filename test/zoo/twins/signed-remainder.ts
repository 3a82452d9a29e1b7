// Signed division, a = q b + r with |r| < b: the sign of the quotient is tied to a, and that of the remainder is not.
import { assert, defineHint, q, u } from '../../../dsl/index.ts';
import { twins } from '../twins.ts';

const quotient = defineHint('zoo-truncated-quotient', ([a, b]) =>
  a!.map((value, i) => Math.trunc(value / Math.max(b![i]!, 1))),
);
const remainder = defineHint('zoo-truncated-remainder', ([a, b]) =>
  a!.map((value, i) => value % Math.max(b![i]!, 1)),
);

export default twins({
  name: 'signed-remainder',
  source: {
    catalogue: 'Security advisories of ZisK',
    title: 'GHSA-qjgg-fcj3-p9x3: Signed remainder sign under-constrained in the arith table',
    url: 'https://github.com/0xPolygonHermez/zisk/security/advisories/GHSA-qjgg-fcj3-p9x3',
  },
  fault: 'the sign of a remainder is free where the dividend is negative',
  attack: 'proves that −7 leaves 2 when it is divided by 3',
  repair: 'r a ≥ 0 besides: where a is not 0, r has its sign, and where it is 0, |q b| < b',
  shows: 'circuit',
  nets: ['determinism'],
  circuit(c, isBroken) {
    const a = c.public('a', q(7, 0), [2], { exact: true });
    const b = c.public('b', u(4, 0), [2], { exact: true });
    const quo = c.advice(quotient, [a, b], q(8, 0), [2]);
    const rest = c.advice(remainder, [a, b], q(5, 0), [2]);
    assert`${a}[i] - ${quo}[i] * ${b}[i] == ${rest}[i]`;
    assert`0 <= ${b}[i] - 1 - ${rest}[i]`;
    assert`0 <= ${b}[i] + ${rest}[i] - 1`;
    assert`0 <= ${quo}[i] * ${a}[i]`;
    if (!isBroken) assert`0 <= ${a}[i] * ${rest}[i]`;
    rest.expose('remainder');
  },
  inputs: [{ a: [-7, 7], b: [3, 2] }],
  spec: ({ a, b }) =>
    b!.includes(0) ? undefined : { remainder: a!.map((x, i) => (x % b![i]!) + 0) },
});
