// XOR by digits: a + b − 2ab is the XOR of bits. The assertion that the digits are bits was commented out.
import { assert, defineHint, tensor, u, type Tensor } from '../../../dsl/index.ts';
import { twins } from '../twins.ts';

const digits = defineHint('zoo-digits', ([x]) =>
  Float64Array.from({ length: 4 }, (_, i) => Math.floor(x![0]! / 2 ** i) % 2),
);

export default twins({
  name: 'xor',
  source: {
    catalogue: 'zkSecurity audit of Reclaim Protocol',
    title: 'Unsound XOR gadget',
    url: 'https://github.com/zksecurity/zkbugs/blob/main/reports/documents/zksecurity-reclaimprotocol.pdf',
  },
  fault: 'digits that are not asserted to be bits',
  attack: 'writes 2 as the digit 2 in the place of ones, and gets another XOR',
  repair: 'd d = d makes each digit a bit, and bits of a number are unique',
  shows: 'circuit',
  nets: ['determinism', 'tampering'],
  circuit(c, isBroken) {
    const powers = c.constant([1, 2, 4, 8], u(4, 0), [4]);
    const digitsOf = (name: string): Tensor => {
      const x = c.public(name, u(4, 0), [], { exact: true });
      const d = c.advice(digits, [x], u(3, 0), [4]);
      assert`sum[i] ${powers}[i] * ${d}[i] == ${x}`;
      if (!isBroken) assert`${d}[i] * ${d}[i] == ${d}[i]`;
      return d;
    };
    const [a, b] = [digitsOf('a'), digitsOf('b')];
    tensor`x[i] = ${a}[i] + ${b}[i] - 2 * ${a}[i] * ${b}[i]`.expose('xor');
  },
  spec: ({ a, b }) => ({ xor: [0, 1, 2, 3].map((i) => ((a![0]! ^ b![0]!) >> i) & 1) }),
});
