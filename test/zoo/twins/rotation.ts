// A byte rotated by three places: x = 32 h + l becomes 8 l + h. The lower part is not checked to have five bits.
import { assert, defineHint, tensor, u } from '../../../dsl/index.ts';
import { twins } from '../twins.ts';

const low = defineHint('zoo-low-five', ([x]) => x!.map((value) => value % 32));
const high = defineHint('zoo-high-three', ([x]) => x!.map((value) => Math.floor(value / 32)));

export default twins({
  name: 'rotation',
  source: {
    catalogue: 'zkSecurity audit of Reclaim Protocol',
    title: '#1 Unsound Left Rotation Gadget',
    url: 'https://github.com/zksecurity/zkbugs/blob/main/reports/documents/zksecurity-reclaimprotocol.pdf',
  },
  fault: 'the two parts of a rotated number are not range-checked',
  attack: 'takes 32 from one part and gives it to the other: another rotation of the same number',
  repair: 'three and five bits: the parts are unique',
  shows: 'circuit',
  nets: ['determinism', 'tampering'],
  circuit(c, isBroken) {
    const x = c.public('x', u(8, 0), [2], { exact: true });
    const lower = c.advice(low, [x], u(isBroken ? 8 : 5, 0), [2]);
    const upper = c.advice(high, [x], u(3, 0), [2]);
    assert`32 * ${upper}[i] + ${lower}[i] == ${x}[i]`;
    tensor`r[i] = 8 * ${lower}[i] + ${upper}[i]`.expose('rotated');
  },
  spec: ({ x }) => ({ rotated: x!.map((v) => 8 * (v % 32) + Math.floor(v / 32)) }),
});
