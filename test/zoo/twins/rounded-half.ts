// Half a number, rounded: 2 y is at most one from x. For an odd x that is two numbers.
import { assert, defineHint, u } from '../../../dsl/index.ts';
import { twins } from '../twins.ts';

const half = defineHint('zoo-rounded-half', ([x]) => x!.map((value) => Math.ceil(value / 2)));

export default twins({
  name: 'rounded-half',
  source: {
    catalogue: 'zkSecurity audit of Penumbra',
    title: 'Unsound fixed-point multiplication',
    url: 'https://github.com/zksecurity/zkbugs/blob/main/reports/documents/zksecurity-penumbra.pdf',
  },
  fault: 'a rounding that may go either way',
  attack: 'rounds each product to his advantage',
  repair: '2 y − x is 0 or 1: ties go up',
  shows: 'circuit',
  nets: ['determinism', 'declarations'],
  circuit(c, isBroken) {
    const x = c.public('x', u(10, 0), [2], { exact: true });
    const y = c.advice(half, [x], u(10, 0), [2]);
    const low = isBroken ? -1 : 0;
    assert`${low} <= 2 * ${y}[i] - ${x}[i] <= 1`;
    y.expose('half');
  },
  inputs: [{ x: [7, 12] }],
  spec: ({ x }) => ({ half: x!.map((value) => Math.ceil(value / 2)) }),
});
