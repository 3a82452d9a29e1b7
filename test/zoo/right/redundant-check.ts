// One assertion follows from another, and a third says what the format says.
import { assert, u } from '../../../dsl/index.ts';
import { suspicious } from '../right.ts';

export default suspicious({
  name: 'redundant-check',
  suspicion: 'two of three assertions may be left out, and nothing changes',
  because: 'the statement is x ≤ 50, and the others follow from it',
  circuit(c) {
    const x = c.secret('x', u(8, 0), [3], { exact: true });
    assert`0 <= ${x}[i] <= 255`;
    assert`${x}[i] <= 50`;
    assert`${x}[i] <= 100`;
    x.sum({ axis: 0 }).expose('sum');
  },
  inputs: [{ x: [50, 3, 0] }],
  spec: ({ x }) =>
    x!.every((v) => v <= 50) ? { sum: [x!.reduce((sum, v) => sum + v, 0)] } : undefined,
});
