// An enumeration as one-hot bits whose weighted sum is the value: 3 is {3} or {1, 2}.
import { assert, bit, defineHint, u } from '../../../dsl/index.ts';
import { twins } from '../twins.ts';

const hot = defineHint('zoo-one-hot', ([value]) =>
  Float64Array.from({ length: 4 }, (_, k) => Number(k === value![0])),
);

export default twins({
  name: 'one-hot',
  source: {
    catalogue: 'Trail of Bits audit of Scroll MPT',
    title: 'The OneHot primitive allows more than one value at once',
    url: 'https://github.com/zksecurity/zkbugs/blob/main/reports/documents/trailofbits-scroll-2.pdf',
  },
  fault: 'several bits of a one-hot vector may be 1',
  attack: 'sets the bits of 1 and 2 for the value 3, and is in two states at once',
  repair: 'the bits sum to 1, so that one is 1, and the weighted sum says which',
  shows: 'circuit',
  nets: ['determinism', 'tampering'],
  circuit(c, isBroken) {
    const value = c.public('value', u(2, 0), [], { exact: true });
    const places = c.constant([0, 1, 2, 3], u(2, 0), [4]);
    const hots = c.advice(hot, [value], bit, [4]);
    assert`sum[i] ${places}[i] * ${hots}[i] == ${value}`;
    if (!isBroken) assert`sum[i] ${hots}[i] == 1`;
    hots.expose('hot');
  },
  spec: ({ value }) => ({ hot: [0, 1, 2, 3].map((k) => Number(k === value![0])) }),
});
