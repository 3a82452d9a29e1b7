// A flag says that a number is encoded in one byte, below 128. Where the flag is 0, nothing says that it is not.
import { assert, bit, defineHint, u } from '../../../dsl/index.ts';
import { twins } from '../twins.ts';

const short = defineHint('zoo-short', ([x]) => x!.map((value) => Number(value < 128)));

export default twins({
  name: 'short-form',
  source: {
    catalogue: 'Trail of Bits audit of Scroll zkEVM',
    title: 'The RlpU64Gadget is underconstrained when is_lt_128 is false',
    url: 'https://github.com/zksecurity/zkbugs/blob/main/reports/documents/trailofbits-scroll.pdf',
  },
  fault: 'a flag is constrained where it is 1 alone',
  attack: 'encodes a small number in the long form: one value with two encodings',
  repair: 'where the flag is 0, the number is 128 or more',
  shows: 'circuit',
  nets: ['determinism', 'tampering'],
  circuit(c, isBroken) {
    const x = c.public('x', u(8, 0), [2], { exact: true });
    const flag = c.advice(short, [x], bit, [2]);
    assert`0 <= ${flag}[i] * (127 - ${x}[i])`;
    if (!isBroken) assert`0 <= (1 - ${flag}[i]) * (${x}[i] - 128)`;
    flag.expose('short');
  },
  inputs: [{ x: [5, 200] }],
  spec: ({ x }) => ({ short: x!.map((value) => Number(value < 128)) }),
});
