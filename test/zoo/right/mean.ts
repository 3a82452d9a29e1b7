// A mean rounded down: 3 m + r is the sum, with r of two values more than a bit has.
import { assert, defineHint, u } from '../../../dsl/index.ts';
import { suspicious } from '../right.ts';

const mean = defineHint('zoo-mean', ([x]) =>
  Float64Array.of(Math.floor((x![0]! + x![1]! + x![2]!) / 3)),
);

export default suspicious({
  name: 'mean',
  suspicion: 'the remainder is in a format of two bits, and a divisor of 3 has three remainders',
  because: 'sum − 3 m is asserted to be 0, 1 or 2',
  circuit(c) {
    const x = c.public('x', u(8, 0), [3], { exact: true });
    const m = c.advice(mean, [x], u(8, 0), []);
    const rest = x
      .sum({ axis: 0 })
      .sub(m.scale(3, { fraction: 0 }))
      .rescale(u(2, 0));
    assert`${rest} <= 2`;
    m.expose('mean');
  },
  spec: ({ x }) => ({ mean: [Math.floor((x![0]! + x![1]! + x![2]!) / 3)] }),
});
