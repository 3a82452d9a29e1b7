// A short message is padded to the width of the hash. The padding is a value of its own that nobody says is 0.
import { concat, defineHint, u } from '../../../dsl/index.ts';
import { twins } from '../twins.ts';

const zeros = defineHint('zoo-zeros', (_, { shape }) => new Float64Array(shape[0]!));

export default twins({
  name: 'padding',
  source: {
    catalogue: 'Inference audit of Lurk (neptune)',
    title: 'Zero padding not enforced',
    url: 'https://github.com/zksecurity/zkbugs/blob/main/reports/documents/inference-lurk.pdf',
  },
  fault: 'padding that is allocated and not asserted to be 0',
  attack: 'pads as he likes, and has many digests for one message',
  repair: 'the padding is asserted to be 0',
  shows: 'circuit',
  nets: ['determinism', 'tampering'],
  circuit(c, isBroken) {
    const message = c.public('message', u(8, 0), [3], { exact: true });
    const padding = c.advice(zeros, [message], u(8, 0), [2]);
    if (!isBroken) padding.assertZero();
    concat([message, padding], { axis: 0 }).pack().hash().expose('digest');
  },
});
