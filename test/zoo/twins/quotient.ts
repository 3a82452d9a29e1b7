// Division with remainder: a = q b + r. The assertion that r is below b is missing.
import { assert, defineHint, u } from '../../../dsl/index.ts';
import { twins } from '../twins.ts';

const quotient = defineHint('zoo-quotient', ([a, b]) =>
  a!.map((value, i) => (b![i]! === 0 ? 0 : Math.floor(value / b![i]!))),
);
const remainder = defineHint('zoo-remainder', ([a, b]) =>
  a!.map((value, i) => (b![i]! === 0 ? value : value % b![i]!)),
);

export default twins({
  name: 'quotient',
  source: {
    catalogue: 'Issues of SP1',
    title: 'Bug: underconstrained uint256_div (#746)',
    url: 'https://github.com/succinctlabs/sp1/issues/746',
  },
  fault: 'a division whose remainder may be any number',
  attack: 'takes a smaller quotient and leaves more over',
  repair: '0 ≤ r < b: quotient and remainder are unique, and b is not 0',
  shows: 'circuit',
  nets: ['determinism', 'tampering'],
  circuit(c, isBroken) {
    const a = c.public('a', u(12, 0), [2], { exact: true });
    const b = c.public('b', u(6, 0), [2], { exact: true });
    const q = c.advice(quotient, [a, b], u(12, 0), [2]);
    const r = c.advice(remainder, [a, b], u(12, 0), [2]);
    assert`${q}[i] * ${b}[i] + ${r}[i] == ${a}[i]`;
    if (!isBroken) assert`1 <= ${b}[i] - ${r}[i]`;
    q.expose('q');
    r.expose('r');
  },
  spec: ({ a, b }) =>
    b!.includes(0)
      ? undefined
      : {
          q: a!.map((x, i) => Math.floor(x / b![i]!)),
          r: a!.map((x, i) => x % b![i]!),
        },
});
