// The smaller of two numbers by a bit that says whether they are swapped. Nothing says that they have to be.
import { assert, bit, defineHint, tensor, u } from '../../../dsl/index.ts';
import { twins } from '../twins.ts';

const isSwapped = defineHint('zoo-swapped', ([a, b]) =>
  a!.map((value, i) => Number(value > b![i]!)),
);

export default twins({
  name: 'ordered-pair',
  source: {
    catalogue: 'Pull requests of circom101, found by zkFuzz',
    title: 'add range check to sort algorithms (#13)',
    url: 'https://github.com/erhant/circom101/pull/13',
  },
  fault: 'a swap bit is constrained where it is 1 alone',
  attack: 'leaves a pair unsorted',
  repair: 'the bit is 1 just where a > b: each value of it has its inequality',
  shows: 'circuit',
  nets: ['determinism'],
  circuit(c, isBroken) {
    const a = c.public('a', u(8, 0), [2], { exact: true });
    const b = c.public('b', u(8, 0), [2], { exact: true });
    const swap = c.advice(isSwapped, [a, b], bit, [2]);
    assert`0 <= ${swap}[i] * (${a}[i] - ${b}[i] - 1)`;
    if (!isBroken) assert`0 <= (1 - ${swap}[i]) * (${b}[i] - ${a}[i])`;
    tensor`l[i] = ${a}[i] + ${swap}[i] * (${b}[i] - ${a}[i])`.expose('smaller');
  },
  inputs: [{ a: [5, 200], b: [9, 3] }],
  spec: ({ a, b }) => ({ smaller: a!.map((x, i) => Math.min(x, b![i]!)) }),
});
