// A running sum whose steps are all asserted, and whose start is not.
import { assert, defineHint, u } from '../../../dsl/index.ts';
import { twins } from '../twins.ts';

const running = defineHint('zoo-running', ([x]) => {
  const sums = [0];
  for (const value of x!) sums.push(sums.at(-1)! + value);
  return Float64Array.from(sums);
});

export default twins({
  name: 'accumulator',
  source: {
    catalogue: 'Inference audit of Lurk',
    title: 'Soundness failure due to accumulator 1 initial value not enforced',
    url: 'https://github.com/zksecurity/zkbugs/blob/main/reports/documents/inference-lurk.pdf',
  },
  fault: 'the first value of an accumulator is not asserted',
  attack: 'starts from a number of his own, and adds it to the total',
  repair: 'the first value is 0, and each step follows',
  shows: 'circuit',
  nets: ['determinism', 'tampering'],
  circuit(c, isBroken) {
    const x = c.public('x', u(6, 0), [4], { exact: true });
    const sums = c.advice(running, [x], u(12, 0), [5]);
    const [before, after] = [
      sums.slice({ axis: 0, start: 0, end: 4 }),
      sums.slice({ axis: 0, start: 1, end: 5 }),
    ];
    assert`${before}[i] + ${x}[i] == ${after}[i]`;
    if (!isBroken) sums.slice({ axis: 0, start: 0, end: 1 }).assertZero();
    sums.slice({ axis: 0, start: 4, end: 5 }).expose('total');
  },
  spec: ({ x }) => ({ total: [x!.reduce((sum, value) => sum + value, 0)] }),
});
