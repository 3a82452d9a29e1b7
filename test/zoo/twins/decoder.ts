// A decoder gives bits of which each may be 1 only at its own place. Nobody says that one of them is.
import { assert, bit, defineHint, u } from '../../../dsl/index.ts';
import { twins } from '../twins.ts';

const hot = defineHint('zoo-decoder', ([index]) =>
  Float64Array.from({ length: 4 }, (_, k) => Number(k === index![0])),
);

export default twins({
  name: 'decoder',
  source: {
    catalogue: 'Veridise audit of circomlib',
    title: 'V-CIRCOMLIB-VUL-001: Decoder accepting bogus output signal',
    url: 'https://github.com/zksecurity/zkbugs/blob/main/reports/documents/veridise-circomlib.pdf',
  },
  fault: 'the bits of a decoder may all be 0',
  attack: 'sets all bits to 0, and selects nothing',
  repair: 'all bits but that of the index are 0, and the sum is 1',
  shows: 'circuit',
  nets: ['determinism', 'tampering'],
  circuit(c, isBroken) {
    const index = c.public('index', u(2, 0), [], { exact: true });
    const places = c.constant([0, 1, 2, 3], u(2, 0), [4]);
    const out = c.advice(hot, [index], bit, [4]);
    assert`${out}[i] * (${index} - ${places}[i]) == 0`;
    if (!isBroken) assert`sum[i] ${out}[i] == 1`;
    out.expose('out');
  },
  spec: ({ index }) => ({ out: [0, 1, 2, 3].map((k) => Number(k === index![0])) }),
});
