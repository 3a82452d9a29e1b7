// Two numbers in order. Each result is one of the inputs; how often each input is taken is not checked.
import { assert, defineHint, u } from '../../../dsl/index.ts';
import { twins } from '../twins.ts';

const sorted = defineHint('zoo-sorted-pair', ([x]) => x!.slice().sort());

export default twins({
  name: 'shuffle',
  source: {
    catalogue: 'Trail of Bits audit of EZKL',
    title: 'Shuffle argument without multiplicities: [5,5,5,5,5] is a shuffle of [1,2,3,4,5]',
    url: 'https://blog.ezkl.xyz/post/audit',
  },
  fault: 'elements of a shuffle are looked up, and not counted',
  attack: 'sorts (3, 5) to (5, 5)',
  repair:
    'sum and product are those of the inputs: the same two numbers, and their order is asserted',
  shows: 'circuit',
  nets: ['determinism', 'tampering'],
  circuit(c, isBroken) {
    const x = c.public('x', u(6, 0), [2], { exact: true });
    const y = c.advice(sorted, [x], u(6, 0), [2]);
    const at = (v: typeof x, k: number) => v.slice({ axis: 0, start: k, end: k + 1 });
    const [x0, x1, y0, y1] = [at(x, 0), at(x, 1), at(y, 0), at(y, 1)];
    assert`0 <= ${y1}[i] - ${y0}[i]`;
    if (isBroken) assert`(${y}[i] - ${x0}[j]) * (${y}[i] - ${x1}[j]) == 0`;
    else {
      assert`${y0}[i] + ${y1}[i] == ${x0}[i] + ${x1}[i]`;
      assert`${y0}[i] * ${y1}[i] == ${x0}[i] * ${x1}[i]`;
    }
    y.expose('sorted');
  },
  inputs: [{ x: [9, 4] }],
  spec: ({ x }) => ({ sorted: [...x!].sort((a, b) => a - b) }),
});
