// The sum of two bytes modulo 256 by a carry: the sum has a bit too many, and the carry may be left out.
import { assert, bit, defineHint, u } from '../../../dsl/index.ts';
import { twins } from '../twins.ts';

const carry = defineHint('zoo-carry', ([a, b]) =>
  a!.map((value, i) => Number(value + b![i]! >= 256)),
);
const wrapped = defineHint('zoo-wrapped', ([a, b]) => a!.map((value, i) => (value + b![i]!) % 256));

export default twins({
  name: 'wrapping-sum',
  source: {
    catalogue: 'zkSecurity audit of Reclaim Protocol',
    title: 'Unsound Addition Gadget (Add32Bits)',
    url: 'https://github.com/zksecurity/zkbugs/blob/main/reports/documents/zksecurity-reclaimprotocol.pdf',
  },
  fault: 'a carry that nothing forces, because the sum is wider than a byte',
  attack: 'leaves the carry out, and the sum is past 255',
  repair: 'the sum has eight bits, so that the carry is unique',
  shows: 'circuit',
  nets: ['determinism', 'tampering'],
  circuit(c, isBroken) {
    const a = c.public('a', u(8, 0), [2], { exact: true });
    const b = c.public('b', u(8, 0), [2], { exact: true });
    const over = c.advice(carry, [a, b], bit, [2]);
    const sum = c.advice(wrapped, [a, b], u(isBroken ? 9 : 8, 0), [2]);
    assert`${sum}[i] + 256 * ${over}[i] == ${a}[i] + ${b}[i]`;
    sum.expose('sum');
  },
  spec: ({ a, b }) => ({ sum: a!.map((x, i) => (x + b![i]!) % 256) }),
});
