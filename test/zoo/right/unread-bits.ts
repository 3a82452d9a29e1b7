// The sign of a number in two's complement: all its bits are computed, and one is read.
import { tensor, u } from '../../../dsl/index.ts';
import { suspicious } from '../right.ts';

export default suspicious({
  name: 'unread-bits',
  suspicion: 'seven of eight bits are used for nothing',
  because: 'together they are the number: without them the eighth would not be forced',
  circuit(c) {
    const x = c.public('x', u(8, 0), [2], { exact: true });
    const bits = x.bits(8);
    bits.slice({ axis: 1, start: 7, end: 8 }).reshape([2]).expose('sign');
    tensor`t[i] = ${x}[i] + 1`.expose('next');
  },
  spec: ({ x }) => ({ sign: x!.map((v) => v >> 7), next: x!.map((v) => v + 1) }),
});
