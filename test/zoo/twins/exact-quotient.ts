// An exact quotient, q b = a: where b and a are 0, every q will do.
import { assert, defineHint, u } from '../../../dsl/index.ts';
import { twins } from '../twins.ts';

const quotient = defineHint('zoo-exact-quotient', ([a, b]) =>
  a!.map((value, i) => (b![i]! === 0 ? 0 : value / b![i]!)),
);

export default twins({
  name: 'exact-quotient',
  source: {
    catalogue: 'Security advisories of RISC Zero',
    title: 'GHSA-f6rc-24x4-ppxp: Underconstrained vulnerability in division (by zero)',
    url: 'https://github.com/risc0/risc0/security/advisories/GHSA-f6rc-24x4-ppxp',
  },
  fault: 'a quotient whose divisor may be 0',
  attack: 'divides 0 by 0 and takes the quotient that suits him',
  repair: 'b ≥ 1, so that q b = a has one solution',
  shows: 'circuit',
  nets: ['determinism'],
  circuit(c, isBroken) {
    const a = c.public('a', u(12, 0), [2], { exact: true });
    const b = c.public('b', u(6, 0), [2], { exact: true });
    const q = c.advice(quotient, [a, b], u(12, 0), [2]);
    assert`${q}[i] * ${b}[i] == ${a}[i]`;
    if (!isBroken) assert`1 <= ${b}[i]`;
    q.expose('q');
  },
  inputs: [{ a: [42, 15], b: [6, 5] }],
  spec: ({ a, b }) =>
    a!.every((x, i) => b![i]! > 0 && x % b![i]! === 0)
      ? { q: a!.map((x, i) => x / b![i]!) }
      : undefined,
});
