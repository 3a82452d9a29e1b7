// Flags say which of four chunks are real. Their number is public; the assertion that padding comes last is missing.
import { assert, bit, defineHint, u } from '../../../dsl/index.ts';
import { twins } from '../twins.ts';

const real = defineHint('zoo-real-chunks', ([n]) =>
  Float64Array.from({ length: 4 }, (_, k) => Number(k < n![0]!)),
);

export default twins({
  name: 'chunk-padding',
  source: {
    catalogue: 'Trail of Bits audit of Scroll aggregation circuits',
    title: 'Incorrect state transitions can be proven for any chunk by manipulating padding flags',
    url: 'https://github.com/zksecurity/zkbugs/blob/main/reports/documents/trailofbits-scroll-3.pdf',
  },
  fault: 'padding flags may be anywhere',
  attack: 'takes a chunk that suits him for padding',
  repair: 'flags never rise, and their sum is known: the first n are 1',
  shows: 'circuit',
  nets: ['determinism'],
  circuit(c, isBroken) {
    const count = c.public('count', u(3, 0), [], { exact: true });
    const flags = c.advice(real, [count], bit, [4]);
    const at = (from: number) => flags.slice({ axis: 0, start: from, end: from + 3 });
    assert`sum[i] ${flags}[i] == ${count}`;
    if (!isBroken) assert`0 <= ${at(0)}[i] - ${at(1)}[i]`;
    flags.expose('real');
  },
  inputs: [{ count: [3] }, { count: [1] }],
  spec: ({ count }) =>
    count![0]! <= 4 ? { real: [0, 1, 2, 3].map((k) => Number(k < count![0]!)) } : undefined,
});
