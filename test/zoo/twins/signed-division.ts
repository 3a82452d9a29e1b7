// Signed division, a = q b + r with |r| < b: the sign of the remainder is open.
import { assert, defineHint, q, u } from '../../../dsl/index.ts';
import { twins } from '../twins.ts';

const quotient = defineHint('zoo-signed-quotient', ([a, b]) =>
  a!.map((value, i) => Math.trunc(value / Math.max(b![i]!, 1))),
);
const remainder = defineHint('zoo-signed-remainder', ([a, b]) =>
  a!.map((value, i) => value % Math.max(b![i]!, 1)),
);

export default twins({
  name: 'signed-division',
  source: {
    catalogue: 'Security advisories of RISC Zero',
    title: 'GHSA-f6rc-24x4-ppxp: Underconstrained vulnerability in division (two outputs)',
    url: 'https://github.com/risc0/risc0/security/advisories/GHSA-f6rc-24x4-ppxp',
  },
  fault: 'the sign of a remainder is not tied to that of the dividend',
  attack: 'divides 7 by 2 to 4, with −1 left',
  repair:
    'r a ≥ 0: the remainder has the sign of the dividend, and quotient and remainder are unique',
  shows: 'circuit',
  nets: ['determinism', 'tampering'],
  circuit(c, isBroken) {
    const a = c.public('a', q(8, 0), [2], { exact: true });
    const b = c.public('b', u(4, 0), [2], { exact: true });
    const quo = c.advice(quotient, [a, b], q(9, 0), [2]);
    const rest = c.advice(remainder, [a, b], q(6, 0), [2]);
    assert`${quo}[i] * ${b}[i] + ${rest}[i] == ${a}[i]`;
    assert`1 <= ${b}[i] - ${rest}[i]`;
    assert`1 <= ${b}[i] + ${rest}[i]`;
    if (!isBroken) assert`0 <= ${rest}[i] * ${a}[i]`;
    quo.expose('quotient');
  },
  inputs: [{ a: [7, -7], b: [2, 3] }],
  spec: ({ a, b }) =>
    b!.includes(0) ? undefined : { quotient: a!.map((x, i) => Math.trunc(x / b![i]!)) },
});
