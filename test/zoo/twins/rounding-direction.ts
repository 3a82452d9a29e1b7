// Division with a public direction d: rounded down where d > 0, and up where d < 0. The sign of the remainder is open.
import { assert, defineHint, q, u } from '../../../dsl/index.ts';
import { twins } from '../twins.ts';

const rounded = (a: number, b: number, d: number): number =>
  (d > 0 ? Math.floor : Math.ceil)(a / Math.max(b, 1));

const quotient = defineHint('zoo-directed-quotient', ([a, b, d]) =>
  a!.map((value, i) => rounded(value, b![i]!, d![i]!)),
);
const remainder = defineHint('zoo-directed-remainder', ([a, b, d]) =>
  a!.map((value, i) => value - b![i]! * rounded(value, b![i]!, d![i]!)),
);

export default twins({
  name: 'rounding-direction',
  source: {
    catalogue: 'Pull requests of Lineth zkc',
    title: 'Remainder sign incorrectly follows quotient sign logic (review of #1362)',
    url: 'https://github.com/LFDT-Lineth/zkc/pull/1362',
  },
  fault: 'a remainder of the sign that does not belong to the rounding',
  attack: 'rounds 7 / 2 up where it should be rounded down',
  repair: 'r has the sign of d, and d is not 0',
  shows: 'circuit',
  nets: ['determinism'],
  circuit(c, isBroken) {
    const a = c.public('a', q(8, 0), [2], { exact: true });
    const b = c.public('b', u(4, 0), [2], { exact: true });
    const d = c.public('d', q(3, 0), [2], { exact: true });
    const quo = c.advice(quotient, [a, b, d], q(9, 0), [2]);
    const rest = c.advice(remainder, [a, b, d], q(6, 0), [2]);
    assert`1 <= ${d}[i] * ${d}[i]`;
    assert`${quo}[i] * ${b}[i] + ${rest}[i] == ${a}[i]`;
    assert`1 <= ${b}[i] - ${rest}[i]`;
    assert`1 <= ${b}[i] + ${rest}[i]`;
    if (!isBroken) assert`0 <= ${rest}[i] * ${d}[i]`;
    quo.expose('quotient');
  },
  inputs: [{ a: [7, -7], b: [2, 3], d: [1, -2] }],
  spec: ({ a, b, d }) =>
    b!.includes(0) || d!.includes(0)
      ? undefined
      : { quotient: a!.map((x, i) => rounded(x, b![i]!, d![i]!) + 0) },
});
